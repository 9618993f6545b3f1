import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import openapiTS, { astToString } from 'openapi-typescript';
import { contractOf, FileClaim } from '@aika/contracts';
import { createGatewayClient } from '@aika/gateway-client';
import { TestGateway } from '../testing/gateway.fixtures.js';
import { documentedAnswers } from './json-response.js';

const DOCUMENT = new URL('../../openapi.json', import.meta.url);
const CLIENT = new URL('../../../../libs/gateway-client/src/api.ts', import.meta.url);
const HEADER = `/* eslint-disable */
// Made from openapi.json; AIKA_WRITE_OPENAPI=1 makes both anew (see the README).
`;
/** Set, the files are written in place of being compared. */
const isWriting = process.env['AIKA_WRITE_OPENAPI'] === '1';

interface Operation {
  readonly operationId: string;
  readonly summary?: string;
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema: { readonly $ref: string } }>>;
  };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, unknown>> }>>;
}

describe('the OpenAPI document', () => {
  let gateway: TestGateway;
  let document: OpenAPIObject;
  beforeAll(async () => {
    gateway = await TestGateway.start();
    document = (await gateway.call('GET', '/openapi.json')).body as unknown as OpenAPIObject;
  });
  afterAll(() => gateway.close());

  const operations = (): Operation[] =>
    Object.values(document.paths).flatMap((path) => Object.values(path) as unknown as Operation[]);

  const resolved = (response: object) => {
    const { $ref } = response as { $ref?: string };
    const name = $ref?.replace('#/components/responses/', '') ?? '';
    return (document.components?.responses?.[name] ?? response) as { readonly content?: object };
  };

  it('is the one that is checked in', () => {
    const text = `${JSON.stringify(document, null, 2)}\n`;
    if (isWriting) writeFileSync(DOCUMENT, text);
    expect(readFileSync(DOCUMENT, 'utf8')).toBe(text);
  });

  it('makes the typed client that is checked in', async () => {
    const types = await openapiTS(structuredClone(document) as never, { defaultNonNullable: false });
    const text = HEADER + astToString(types);
    if (isWriting) writeFileSync(CLIENT, text);
    expect(readFileSync(CLIENT, 'utf8')).toBe(text);
  });

  it('says everything of every route: a name, problems, and a success', () => {
    for (const { operationId, summary, responses } of operations()) {
      expect([operationId, typeof summary]).toEqual([expect.any(String), 'string']);
      const codes = Object.keys(responses);
      expect(codes.some((code) => code.startsWith('2'))).toBe(true);
      const problems = Object.entries(responses).filter(([code]) => Number(code) >= 400);
      expect(problems.length).toBeGreaterThanOrEqual(4);
      for (const [code, response] of problems) {
        const { content } = resolved(response);
        expect([operationId, code, Object.keys(content ?? {})]).toEqual([
          operationId,
          code,
          ['application/problem+json'],
        ]);
      }
    }
    const names = operations().map(({ operationId }) => operationId);
    expect(new Set(names).size).toBe(names.length);
  });

  it('shows an example of every answer, and each is what its schema says', () => {
    for (const { type, example } of documentedAnswers()) {
      expect([type.name, typeof example]).toEqual([type.name, 'object']);
      const violations = contractOf(type).read(structuredClone(example) as never, '');
      expect([type.name, violations]).toEqual([type.name, []]);
    }
    for (const { operationId, responses } of operations()) {
      for (const [code, response] of Object.entries(responses)) {
        for (const media of Object.values(resolved(response).content ?? {})) {
          expect([operationId, code, Object.keys(media as object)]).toEqual([
            operationId,
            code,
            expect.arrayContaining(['examples']),
          ]);
        }
      }
    }
  });

  it('refers to nothing that is not in it', () => {
    const refs = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)];
    const known = Object.keys(document.components?.schemas ?? {});
    expect(refs.length).toBeGreaterThan(100);
    expect(refs.map(([, name]) => name).filter((name) => !known.includes(name ?? ''))).toEqual([]);
  });

  it('says of bodies what the contract says, without what the address gives', () => {
    const schemas = document.components?.schemas as Record<
      string,
      { properties: object; required?: string[] }
    >;
    expect(Object.keys(schemas['FileClaimBody']?.properties ?? {})).toContain('estimatedLoss');
    expect(Object.keys(schemas['EndorsePolicyBody']?.properties ?? {})).not.toContain('policyId');
    expect(schemas['EndorsePolicyBody']?.required).toEqual(['effectiveAt', 'customerId']);
  });

  it('has a client that is typed by it', async () => {
    const client = createGatewayClient(gateway.url);
    const { customerId, policyId, lossAt, cause, estimatedLoss } = FileClaim.example;
    const body = { customerId, policyId, lossAt, cause: cause as 'HAIL', estimatedLoss };
    const { data, response } = await client.POST('/v1/claims', { body });
    expect(response.status).toBe(202);
    expect(data?.messageType).toBe('FILE_CLAIM');
    const { error } = await client.POST('/v1/claims', { body: { ...body, customerId: '' } });
    expect(error?.violations?.[0]?.path).toBe('/customerId');
  });

  it('has a page for people', async () => {
    const page = await gateway.call('GET', '/docs');
    expect(page.text).toContain('swagger-ui');
  });

  it('knows no read that answers without the database in another way than with a problem', async () => {
    const reads = Object.entries(document.paths).filter(
      ([path]) =>
        /commands|customers|assessments|quotes|policies|claims|conversations|approvals|notifications|parked/.test(
          path,
        ) &&
        // Read from the log.
        !path.endsWith('/personal-data'),
    );
    for (const [path, item] of reads) {
      if (!('get' in item)) continue;
      const answer = await gateway.call('GET', path.replace(/\{[^}]+\}/g, 'id-1'));
      expect([path, answer.status, answer.headers.get('content-type')]).toEqual([
        path,
        503,
        'application/problem+json',
      ]);
      expect(answer.body).toMatchObject({ type: 'urn:aika:problem:database-unavailable' });
      const bad = await gateway.call('GET', `${path.replace(/\{[^}]+\}/g, '-')}?limit=-1`);
      expect([path, bad.status]).toEqual([path, 400]);
    }
  });
});
