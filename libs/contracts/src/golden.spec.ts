import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { catalogue } from './catalogue.js';
import type { Envelope } from './envelope.js';
import { writeMessage } from './headers.js';
import type { ReadResult } from './reader/read-message.js';
import { readMessage, validatePayload } from './reader/read-message.js';
import { contractOf } from './schema/compiled-contract.js';
import { versionName, versionsOf } from './schema/published-schemas.js';

const folder = new URL('../golden/', import.meta.url);
const names = readdirSync(folder);
const versions = catalogue
  .all()
  .flatMap((definition) => versionsOf(definition).map((version) => ({ ...version, type: definition.type })));

function read(name: string): { text: string; result: ReadResult } {
  const text = readFileSync(new URL(name, folder), 'utf8');
  const receivedAt = '2026-06-15T08:05:30.000Z';
  return {
    text,
    result: readMessage(text, { catalogue, receivedAt, fallbackMessageId: 'msg-commands-0-17' }),
  };
}

function envelopeOf(name: string): Envelope {
  const { result } = read(name);
  if (!result.ok) throw result.error;
  return result.envelope;
}

describe('golden messages', () => {
  it('exist for every version of every message', () => {
    const expected = versions.map(({ type, version }) => `${versionName(type, version)}.json`);
    expect(expected.filter((name) => !names.includes(name))).toEqual([]);
  });

  it.each(names)('%s is read', (name) => {
    const { result } = read(name);
    expect(result.ok ? [] : [result.error.message]).toEqual([]);
  });

  it('of the newest version are read as they stand and written back as they stand', () => {
    for (const { type, version } of catalogue.all()) {
      const name = `${versionName(type, version)}.json`;
      const golden: unknown = JSON.parse(read(name).text);
      expect(envelopeOf(name)).toEqual(golden);
      expect(JSON.parse(writeMessage(envelopeOf(name)))).toEqual(golden);
    }
  });

  it('of an older version become the newest', () => {
    const old = envelopeOf('FILE_CLAIM.v1.json');
    const current = envelopeOf('FILE_CLAIM.v2.json');
    expect(old.schemaVersion).toBe(2);
    expect(old.payload).toEqual({ ...current.payload, lossAt: '2026-06-14T00:00:00Z' });
  });
});

describe('messages as Python programs send them', () => {
  it('mean the same in snake_case, without zone, with None, and keep unknown fields', () => {
    expect(envelopeOf('CUSTOMER_ASSESSMENT_REQUEST.v1.python.json')).toEqual({
      messageId: 'msg-golden-python-1',
      timestamp: '2026-06-15T08:05:00.123456Z',
      sourceAgentId: 'broker-portal',
      targetAgentId: null,
      messageType: 'CUSTOMER_ASSESSMENT_REQUEST',
      priority: 'NORMAL',
      schemaVersion: 1,
      payload: {
        customerId: 'cust-1001',
        purpose: 'QUOTE',
        product: 'MOTOR',
        motor: { district: 2, engine: '1-1.5l', driverAge: 41 },
        previousClaims: 0,
        bonusMalus: 1,
        bookTransfer: false,
        requestedCover: { deductible: { amount: 15000, currency: 'GBP' } },
        effectiveFrom: '2026-07-01T00:00:00Z',
        leadSource: { campaignId: 'spring-7' },
      },
      metadata: { conversationId: 'conv-1001-1', crmTicket: 77 },
    });
  });

  it('have their offset turned into UTC, and values that look like snake_case left alone', () => {
    const { timestamp, priority, payload } = envelopeOf('RISK_ASSESSMENT_COMPLETED.v1.python.json');
    expect({ timestamp, priority }).toEqual({ timestamp: '2026-06-15T08:05:00Z', priority: 'HIGH' });
    expect(payload).toMatchObject({
      riskScore: 72,
      riskFactors: ['occupation_high_risk', 'previous_claims'],
    });
  });

  it('may leave out everything that has a default, and are then of version 1', () => {
    expect(envelopeOf('FILE_CLAIM.v1.python.json')).toEqual({
      messageId: 'msg-commands-0-17',
      timestamp: '2026-06-15T08:05:30.000Z',
      sourceAgentId: 'unknown',
      targetAgentId: null,
      messageType: 'FILE_CLAIM',
      priority: 'NORMAL',
      schemaVersion: 2,
      payload: {
        customerId: 'cust-1001',
        policyId: 'pol-4001',
        lossAt: '2026-06-14T00:00:00Z',
        cause: 'HAIL',
        estimatedLoss: { amount: 50000, currency: 'GBP' },
        reporter: 'policyholder',
        weatherStation: 'EGLL',
      },
      metadata: {},
    });
  });
});

describe('the example of every version', () => {
  it.each(versions)('$type version $version passes the compiled validator', ({ payload, example }) => {
    expect(contractOf(payload).check(example, '')).toEqual([]);
  });

  it.each(versions)('$type version $version passes class-validator, as at HTTP', ({ payload, example }) => {
    expect(
      validateSync(plainToInstance(payload, example), { whitelist: true, forbidNonWhitelisted: true }),
    ).toEqual([]);
  });

  it('passes the check of what is about to be sent, which changes nothing', () => {
    for (const definition of catalogue.all()) {
      const before = JSON.stringify(definition.example);
      expect(validatePayload(definition, definition.example)).toEqual([]);
      expect(JSON.stringify(definition.example)).toBe(before);
    }
  });
});
