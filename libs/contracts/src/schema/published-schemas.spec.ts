import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { catalogue, createCatalogue } from '../catalogue.js';
import type { PayloadClass } from '../message-definition.js';
import { defineMessage } from '../message-definition.js';
import { CustomerPayload } from '../value-types.js';
import { Int, Text } from './field.decorators.js';
import { reviewSchemas } from './published-schemas.js';

class SurveyPayload extends CustomerPayload {
  @Int({ min: 0, max: 10 })
  readonly score!: number;
}

class StricterSurveyPayload extends SurveyPayload {
  @Text()
  readonly comment!: string;
}

function catalogueOf(payload: PayloadClass<SurveyPayload>) {
  return createCatalogue([
    defineMessage({
      kind: 'event',
      type: 'SURVEY_ANSWERED',
      owner: 'survey-agent',
      stage: 'settlement',
      payload,
      example: { customerId: 'c', score: 1 },
    }),
  ]);
}

describe('the published schemas', () => {
  it('are what the classes say, and none became narrower', () => {
    const folder = new URL('../../../../docs/schemas/', import.meta.url);
    const names = readdirSync(folder);
    const published = new Map(names.map((name) => [name, readFileSync(new URL(name, folder), 'utf8')]));
    const { incompatible, stale } = reviewSchemas(catalogue, published);
    expect({ incompatible, stale }).toEqual({ incompatible: [], stale: [] });
  });

  it('are all new at first, and fresh once written', () => {
    const first = reviewSchemas(catalogueOf(SurveyPayload), new Map());
    expect(first.stale).toEqual(['SURVEY_ANSWERED.v1.schema.json', 'envelope.schema.json', 'README.md']);
    expect(reviewSchemas(catalogueOf(SurveyPayload), first.files)).toMatchObject({
      incompatible: [],
      stale: [],
    });
  });

  it('refuse a class that asks for more than its published version', () => {
    const { files } = reviewSchemas(catalogueOf(SurveyPayload), new Map());
    expect(reviewSchemas(catalogueOf(StricterSurveyPayload), files).incompatible).toEqual([
      'SURVEY_ANSWERED.v1.schema.json /comment: the field is now required',
    ]);
  });

  it('refuse that a published message disappears', () => {
    const { files } = reviewSchemas(catalogueOf(SurveyPayload), new Map());
    expect(reviewSchemas(createCatalogue([]), files).incompatible).toEqual([
      'SURVEY_ANSWERED.v1.schema.json: a published schema was removed',
    ]);
  });
});
