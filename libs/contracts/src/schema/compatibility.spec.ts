import { describe, expect, it } from '@jest/globals';
import { incompatibilities } from './compatibility.js';
import type { JsonSchema } from './payload-schema.js';

const published: JsonSchema = {
  type: 'object',
  required: ['id', 'loss'],
  properties: {
    id: { type: 'string', minLength: 1, maxLength: 10, pattern: '^[a-z]+$' },
    loss: { $ref: '#/definitions/Money' },
    age: { type: 'integer', minimum: 17, maximum: 110, default: 40 },
    at: { type: 'string' },
    perils: { type: 'array', items: { type: 'string', enum: ['FIRE', 'HAIL'] } },
    labels: { type: 'object', additionalProperties: { type: 'string' } },
  },
  definitions: {
    Money: { type: 'object', required: ['amount'], properties: { amount: { type: 'number', minimum: 0 } } },
  },
};

function withField(name: string, schema: JsonSchema): JsonSchema {
  return { ...published, properties: { ...published.properties, [name]: schema } };
}

function withoutField(name: string): JsonSchema {
  const properties = Object.entries(published.properties ?? {}).filter(([field]) => field !== name);
  return { ...published, properties: Object.fromEntries(properties) };
}

const withMoney = (money: JsonSchema): JsonSchema => ({ ...published, definitions: { Money: money } });

describe('a published schema', () => {
  const refused: readonly [string, JsonSchema, string][] = [
    [
      'a field that becomes required',
      { ...published, required: ['id', 'loss', 'age'] },
      '/age: the field is now required',
    ],
    [
      'a new field that is required',
      { ...withField('zip', {}), required: ['id', 'loss', 'zip'] },
      '/zip: the field is now required',
    ],
    ['a removed field', withoutField('at'), '/at: the field was removed'],
    ['another type', withField('at', { type: 'integer' }), '/at: type string is no longer allowed'],
    [
      'a lost value',
      withField('perils', { type: 'array', items: { type: 'string', enum: ['FIRE'] } }),
      '/perils/*: value "HAIL" is no longer allowed',
    ],
    [
      'values that are newly limited',
      withField('at', { type: 'string', enum: ['now'] }),
      '/at: the values are now limited',
    ],
    [
      'a higher minimum',
      withField('age', { type: 'integer', minimum: 18, maximum: 110, default: 40 }),
      '/age: minimum is narrower',
    ],
    [
      'a lower maximum',
      withField('age', { type: 'integer', minimum: 17, maximum: 99, default: 40 }),
      '/age: maximum is narrower',
    ],
    ['a new bound', withField('at', { type: 'string', maxLength: 5 }), '/at: maxLength is narrower'],
    [
      'a changed pattern',
      withField('id', { type: 'string', minLength: 1, maxLength: 10, pattern: '^[a-f]+$' }),
      '/id: pattern was added or changed',
    ],
    [
      'a new format',
      withField('at', { type: 'string', format: 'date-time' }),
      '/at: format was added or changed',
    ],
    [
      'another default',
      withField('age', { type: 'integer', minimum: 17, maximum: 110, default: 30 }),
      '/age: the default was changed',
    ],
    [
      'a narrower map',
      withField('labels', { type: 'object', additionalProperties: { type: 'string', maxLength: 3 } }),
      '/labels/*: maxLength is narrower',
    ],
    [
      'a map that is closed',
      withField('labels', { type: 'object', additionalProperties: false }),
      '/labels: additionalProperties are no longer allowed',
    ],
    [
      'unknown fields that are newly refused',
      { ...published, additionalProperties: false },
      ': additionalProperties are no longer allowed',
    ],
    [
      'a narrower nested class',
      withMoney({
        type: 'object',
        required: ['amount'],
        properties: { amount: { type: 'integer', minimum: 0 } },
      }),
      '/loss/amount: type number is no longer allowed',
    ],
  ];

  it.each(refused)('refuses %s', (_name, next, problem) => {
    expect(incompatibilities(published, next)).toEqual([problem]);
  });

  const allowed: readonly [string, JsonSchema][] = [
    ['no change', published],
    ['a new optional field', withField('zip', { type: 'string' })],
    ['a field that becomes optional', { ...published, required: ['id'] }],
    ['a wider type', withField('age', { type: 'number', minimum: 17, maximum: 110, default: 40 })],
    ['one more type', withField('at', { type: ['string', 'null'] })],
    ['wider bounds', withField('age', { type: 'integer', minimum: 0, default: 40 })],
    ['a dropped pattern', withField('id', { type: 'string', minLength: 1, maxLength: 20 })],
    [
      'one more value',
      withField('perils', { type: 'array', items: { type: 'string', enum: ['FIRE', 'HAIL', 'FLOOD'] } }),
    ],
    ['another description', withField('at', { type: 'string', description: 'When.' })],
    [
      'a nested class written out',
      withField('loss', { type: 'object', properties: { amount: { type: 'number' } } }),
    ],
  ];

  it.each(allowed)('accepts %s', (_name, next) => {
    expect(incompatibilities(published, next)).toEqual([]);
  });

  it('may contain itself', () => {
    const tree = { type: 'object', properties: { next: { $ref: '#/definitions/Node' } } };
    const schema: JsonSchema = { $ref: '#/definitions/Node', definitions: { Node: tree } };
    expect(incompatibilities(schema, schema)).toEqual([]);
  });
});
