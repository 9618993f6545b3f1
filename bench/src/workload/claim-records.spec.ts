import { describe, expect, it } from '@jest/globals';
import { catalogue, NotificationRequested, readMessage, validatePayload } from '@aika/contracts';
import { noticeOf, noticeRecord, tallied } from './claim-notice.js';
import { claimRecord } from './claim-records.js';

const options = {
  topic: 'bench.events',
  partitions: 4,
  customers: 10,
  timestamp: '2026-11-01T12:00:00.000Z',
  name: 'spec',
};

function read(value: string | Buffer | null) {
  const result = readMessage(String(value), { catalogue, receivedAt: options.timestamp });
  if (!result.ok) throw result.error;
  return result.envelope;
}

describe('an input of the benchmark', () => {
  it('is a valid message of about 700 bytes', () => {
    const { value } = claimRecord(123_456, options);
    expect(read(value).messageType).toBe('CLAIM_APPROVED');
    expect(Math.abs(Buffer.byteLength(String(value)) - 700)).toBeLessThan(50);
  });

  it('is the same whenever it is made, so that all peers read the same', () => {
    expect(claimRecord(7, options)).toEqual(claimRecord(7, options));
    expect(claimRecord(7, options)).not.toEqual(claimRecord(8, options));
  });

  it('belongs to as many customers as were asked for', () => {
    const keys = new Set(Array.from({ length: 100 }, (_, n) => claimRecord(n, options).key));
    expect(keys.size).toBe(10);
  });
});

describe('the work of the benchmark', () => {
  const input = read(claimRecord(7, options).value);
  const payload = input.payload as never;

  it('adds up the claims of a customer, and the output tells the sum', () => {
    const tally = tallied(tallied(undefined, payload), payload);
    expect(tally).toMatchObject({ approved: 2, total: 20_014 });
    expect(noticeOf(payload, input.messageId, tally).parameters).toMatchObject({
      approved: '2',
      total: '20014',
    });
  });

  it('has an output that keeps its contract and names its input', () => {
    const record = noticeRecord(input, noticeOf(payload, input.messageId), 'bench');
    const output = read(record.value);
    expect(validatePayload(NotificationRequested, output.payload)).toEqual([]);
    expect(output.payload['causedBy']).toBe(input.messageId);
  });
});
