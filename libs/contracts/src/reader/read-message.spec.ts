import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { catalogue } from '../catalogue.js';
import type { Envelope } from '../envelope.js';
import { writeMessage } from '../headers.js';
import { defineMessage, previousVersion } from '../message-definition.js';
import { FileClaim, NotificationRequested } from '../messages/messages.js';
import { CustomerPayload } from '../value-types.js';
import type { ContractError, ContractErrorCode } from './contract-error.js';
import type { ReadOptions } from './read-message.js';
import { readMessage, validatePayload } from './read-message.js';

const options: ReadOptions = { catalogue, receivedAt: '2026-06-15T08:05:30.000Z' };
const claim = {
  messageId: 'msg-1',
  timestamp: '2026-06-15T08:05:00Z',
  sourceAgentId: 'portal',
  targetAgentId: null,
  messageType: 'FILE_CLAIM',
  priority: 'NORMAL',
  schemaVersion: 2,
  payload: FileClaim.example,
  metadata: {},
} satisfies Envelope<object>;

function read(message: unknown, more: Partial<ReadOptions> = {}): Envelope {
  const result = readMessage(JSON.stringify(message), { ...options, ...more });
  if (!result.ok) throw result.error;
  return result.envelope;
}

function errorOf(value: string | Uint8Array | object, more: Partial<ReadOptions> = {}): ContractError {
  const isRaw = typeof value === 'string' || value instanceof Uint8Array;
  const result = readMessage(isRaw ? value : JSON.stringify(value), { ...options, ...more });
  if (result.ok) throw new Error('The message was read.');
  return result.error;
}

const withPayload = (change: object): object => ({ ...claim, payload: { ...claim.payload, ...change } });

describe('reading a message', () => {
  it('returns its definition', () => {
    const result = readMessage(new TextEncoder().encode(JSON.stringify(claim)), options);
    expect(result).toEqual({ ok: true, envelope: claim, definition: FileClaim });
  });

  it('keeps unknown fields of envelope, payload and metadata', () => {
    const message = {
      ...withPayload({ towTruck: { plates: ['AB1'] } }),
      tenant: 'north',
      metadata: { sessionId: 's', flag: true },
    };
    expect(JSON.parse(writeMessage(read(message)))).toEqual(message);
  });

  it('takes null in an optional field for missing', () => {
    const payload = read(withPayload({ claimId: null, reporter: null })).payload;
    expect(payload).not.toHaveProperty('claimId');
    expect(payload).toHaveProperty('reporter', 'policyholder');
  });

  it('prefers camelCase where a sender gives both spellings', () => {
    const payload = read(withPayload({ policy_id: 'pol-other', policyId: 'pol-4001' })).payload;
    expect(payload).toHaveProperty('policyId', 'pol-4001');
    expect(payload).not.toHaveProperty('policy_id');
  });

  it('does not rename the keys of a map, which are data', () => {
    const parameters = { claim_id: 'clm-1', dueDate: 'soon' };
    const payload = { ...NotificationRequested.example, parameters, vendor_ref: 1 };
    const read1 = read({ ...claim, messageType: 'NOTIFICATION_REQUESTED', schemaVersion: 1, payload });
    expect(read1.payload).toMatchObject({ parameters, vendorRef: 1 });
  });

  it('takes an empty target for a broadcast', () => {
    expect(read({ ...claim, targetAgentId: '' }).targetAgentId).toBeNull();
  });

  it('does not let a field named __proto__ change an object', () => {
    const text = JSON.stringify(claim).replace('"lossAt"', '"__proto__":{"isAdmin":true},"loss_at"');
    const result = readMessage(text, options);
    expect(result.ok && 'isAdmin' in result.envelope.payload).toBe(false);
  });

  it('reads a message up to five minutes ahead of the record, as clocks differ', () => {
    expect(read({ ...claim, timestamp: '2026-06-15T08:10:30.000Z' }).timestamp).toBe(
      '2026-06-15T08:10:30.000Z',
    );
  });

  it('gives the same message for camelCase and snake_case', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...catalogue.all()),
        extensions(),
        extensions(),
        (definition, extra, metadata) => {
          const { type: messageType, version: schemaVersion } = definition;
          const payload = { ...extra, ...definition.example };
          const message = { ...claim, messageType, schemaVersion, payload, metadata: { extra: metadata } };
          expect(read(toSnakeCase(message))).toEqual(read(message));
        },
      ),
    );
  });
});

describe('a record that breaks the contract', () => {
  const cases: readonly [string, ContractErrorCode, string | Uint8Array | object][] = [
    ['bytes that are no UTF-8', 'NOT_JSON', new Uint8Array([0xff, 0xfe, 0x7b])],
    ['text that is no JSON', 'NOT_JSON', 'hello'],
    ['an empty record', 'NOT_JSON', ''],
    ['a JSON array', 'NOT_AN_ENVELOPE', '[1]'],
    ['JSON null', 'NOT_AN_ENVELOPE', 'null'],
    ['an envelope without a type', 'NOT_AN_ENVELOPE', { ...claim, messageType: undefined }],
    ['an envelope without a payload', 'NOT_AN_ENVELOPE', { ...claim, payload: undefined }],
    ['a payload that is a list', 'NOT_AN_ENVELOPE', { ...claim, payload: [] }],
    ['an unknown priority', 'NOT_AN_ENVELOPE', { ...claim, priority: 'URGENT' }],
    ['a version that is no whole number', 'NOT_AN_ENVELOPE', { ...claim, schemaVersion: 1.5 }],
    ['a timestamp that is none', 'NOT_AN_ENVELOPE', { ...claim, timestamp: '2026-02-30T00:00:00Z' }],
    ['no message id and no fallback', 'NOT_AN_ENVELOPE', { ...claim, messageId: undefined }],
    ['an unknown type', 'UNKNOWN_MESSAGE_TYPE', { ...claim, messageType: 'PAY_EVERYTHING' }],
    ['a version of the future', 'UNSUPPORTED_VERSION', { ...claim, schemaVersion: 3 }],
    ['a message from the future', 'TIMESTAMP_IN_FUTURE', { ...claim, timestamp: '2026-06-15T08:10:31Z' }],
    ['negative money', 'INVALID_PAYLOAD', withPayload({ estimatedLoss: { amount: -1, currency: 'GBP' } })],
    [
      'a fraction of a penny',
      'INVALID_PAYLOAD',
      withPayload({ estimatedLoss: { amount: 1.5, currency: 'GBP' } }),
    ],
    ['a missing field', 'INVALID_PAYLOAD', withPayload({ policyId: undefined })],
    ['null in a required field', 'INVALID_PAYLOAD', withPayload({ policyId: null })],
    ['a day that does not exist', 'INVALID_PAYLOAD', withPayload({ lossAt: '2026-06-31T00:00:00Z' })],
    ['no customer', 'INVALID_PAYLOAD', withPayload({ customerId: '' })],
    ['version 1 by the fields of version 2', 'INVALID_PAYLOAD', { ...claim, schemaVersion: 1 }],
    ['a text that nests too deep', 'TOO_DEEP', `${'{"a":'.repeat(9000)}1${'}'.repeat(9000)}`],
  ];

  it.each(cases)('%s: %s', (_name, code, value) => {
    expect(errorOf(value)).toMatchObject({ code, retriable: false });
  });

  it('is refused by its size before it is parsed, as text and as bytes', () => {
    const limits = { maxBytes: 100 };
    const text = JSON.stringify(claim);
    expect(errorOf(text, { limits }).code).toBe('TOO_LARGE');
    expect(errorOf(new TextEncoder().encode(text), { limits }).code).toBe('TOO_LARGE');
    expect(errorOf('é'.repeat(60), { limits }).code).toBe('TOO_LARGE');
    expect(errorOf('é'.repeat(50), { limits }).code).toBe('NOT_JSON');
  });

  it('is described rule by rule, with what was expected and found', () => {
    const error = errorOf(
      withPayload({ policyId: undefined, cause: 'ALIENS', estimatedLoss: { amount: -1 } }),
    );
    expect(error.violations).toEqual(
      expect.arrayContaining([
        { path: '/payload/policyId', expected: 'a value', found: 'nothing' },
        {
          path: '/payload/cause',
          expected: expect.stringContaining('HAIL'),
          found: 'string of 6 characters',
        },
        { path: '/payload/estimatedLoss/amount', expected: '>= 0', found: '-1' },
        { path: '/payload/estimatedLoss/currency', expected: 'a value', found: 'nothing' },
      ]),
    );
  });

  it('never has its texts repeated in the error', () => {
    const secret = 'Ada-Example-Secret';
    const broken: readonly (string | object)[] = [
      `{"name": "${secret}"`,
      { ...claim, messageType: secret },
      { ...claim, timestamp: secret },
      { ...claim, priority: secret },
      withPayload({ cause: secret, lossAt: secret, estimatedLoss: secret, policyId: `${secret} ` }),
      withPayload({ reporter: [secret], description: { text: secret } }),
    ];
    for (const value of broken) {
      const error = errorOf(value);
      expect(`${error.message}${JSON.stringify(error)}${String(error.cause)}`).not.toContain(secret);
    }
  });

  it('lists at most twenty broken rules', () => {
    const perils = Array.from({ length: 5000 }, () => 'ALIENS');
    const payload = { customerId: 'c', requestedCover: { perils } };
    const error = errorOf({
      ...claim,
      messageType: 'CUSTOMER_ASSESSMENT_REQUEST',
      schemaVersion: 1,
      payload,
    });
    expect(error.violations).toHaveLength(20);
  });

  it('never makes the reader throw', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.uint8Array()), (value) => {
        expect(readMessage(value, options).ok).toBe(false);
      }),
    );
  });
});

class OldSurveyPayload extends CustomerPayload {}
class SurveyPayload extends CustomerPayload {}

describe('an upcaster that fails', () => {
  const surveyWith = (upcast: (old: OldSurveyPayload) => object) =>
    defineMessage({
      kind: 'event',
      type: 'SURVEY_ANSWERED',
      owner: 'survey-agent',
      stage: 'settlement',
      version: 2,
      payload: SurveyPayload,
      example: { customerId: 'c' },
      previousVersions: [
        previousVersion({ version: 1, payload: OldSurveyPayload, example: { customerId: 'c' }, upcast }),
      ],
    });
  const old = { ...claim, messageType: 'SURVEY_ANSWERED', schemaVersion: 1, payload: { customerId: 'c' } };

  it('is an error of that message, with its cause', () => {
    const bug = new Error('bug');
    const survey = surveyWith(() => {
      throw bug;
    });
    const error = errorOf(old, { catalogue: catalogue.with([survey]) });
    expect(error).toMatchObject({ code: 'UPCAST_FAILED', cause: bug });
  });

  it('is found out when what it makes breaks the newest version', () => {
    const survey = surveyWith(() => ({}));
    expect(errorOf(old, { catalogue: catalogue.with([survey]) }).code).toBe('INVALID_PAYLOAD');
  });
});

describe('checking what is about to be sent', () => {
  it('names every broken rule with its path from the payload', () => {
    expect(validatePayload(FileClaim, { ...FileClaim.example, lossAt: '2026-06-14T17:20:00+02:00' })).toEqual(
      [
        {
          path: '/lossAt',
          expected: 'a time such as 2026-01-31T12:00:00Z',
          found: 'string of 25 characters',
        },
      ],
    );
  });

  it('refuses numbers that JSON cannot carry', () => {
    const estimatedLoss = { amount: Number.NaN, currency: 'GBP' };
    expect(validatePayload(FileClaim, { ...FileClaim.example, estimatedLoss })).not.toEqual([]);
  });
});

/** Objects with camelCase names that no payload has, nested a few levels. */
function extensions(): fc.Arbitrary<Record<string, unknown>> {
  const lower = fc.string({ unit: fc.constantFrom(...'abcxyz'), minLength: 1, maxLength: 4 });
  const upper = lower.map((word) => word[0]?.toUpperCase() + word.slice(1));
  const name = fc
    .tuple(lower, fc.array(upper, { maxLength: 2 }))
    .map(([head, tail]) => `x${head}${tail.join('')}`);
  const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean());
  const { object } = fc.letrec<{ object: Record<string, unknown>; value: unknown }>((tie) => ({
    object: fc.dictionary(name, tie('value'), { maxKeys: 3, noNullPrototype: true }),
    value: fc.oneof({ maxDepth: 3 }, leaf, tie('object'), fc.array(tie('value'), { maxLength: 2 })),
  }));
  return object;
}

function toSnakeCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toSnakeCase);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [
      key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      key === 'parameters' ? entry : toSnakeCase(entry),
    ]),
  );
}
