import { describe, expect, it } from '@jest/globals';
import { AuditRecorded, type AuditRecordedPayload, catalogue } from '@aika/contracts';
import { MessageSender } from '@aika/messaging';
import { createInMemoryBroker } from '@aika/messaging/in-memory';
import { type AuditFilter, searchTrail } from './search-trail.js';

const BEGIN = Date.parse('2026-03-02T09:00:00Z');

async function trail() {
  let now = BEGIN;
  const broker = createInMemoryBroker({ topics: { 'aika.audit': 3 }, clock: () => now });
  const log = broker.connect('test');
  const options = { log, catalogue, namespace: 'aika', sourceAgentId: 'test', clock: () => now };
  const sender = await MessageSender.create(options);
  const add = async (line: Partial<AuditRecordedPayload>): Promise<void> => {
    await sender.send(
      AuditRecorded,
      { ...AuditRecorded.example, ...line },
      { metadata: { traceId: 'trace-1' } },
    );
    now += 1000;
  };
  const writer = await log.createWriter();
  await writer.send([{ topic: 'aika.audit', partition: 0, key: null, value: 'no line' }]);
  await add({ customerId: 'cust-1', actor: 'jo', kind: 'approval', object: 'clm-1' });
  await add({ customerId: 'cust-2', actor: 'sam', kind: 'redrive', action: 'DEAD_LETTER_DROPPED' });
  await add({ customerId: 'cust-1', actor: 'policy-agent', kind: undefined });
  await add({ customerId: 'cust-3', actor: 'jo', kind: 'reading', action: 'READ_CUSTOMER' });
  const search = (filter: AuditFilter, limit = 10) =>
    searchTrail({ log, topic: 'aika.audit', catalogue, filter, limit });
  return async (filter: AuditFilter, limit?: number) =>
    (await search(filter, limit)).map(({ actor }) => actor);
}

describe('a search of the audit trail', () => {
  it('finds lines by customer, actor, action, kind, object and time, oldest first', async () => {
    const actorsOf = await trail();
    expect(await actorsOf({})).toEqual(['jo', 'sam', 'policy-agent', 'jo']);
    expect(await actorsOf({ customerId: 'cust-1' })).toEqual(['jo', 'policy-agent']);
    expect(await actorsOf({ actor: 'jo', kind: 'reading' })).toEqual(['jo']);
    expect(await actorsOf({ action: 'DEAD_LETTER_DROPPED' })).toEqual(['sam']);
    expect(await actorsOf({ object: 'clm-1' })).toEqual(['jo']);
    expect(await actorsOf({ fromMs: BEGIN + 1000, untilMs: BEGIN + 3000 })).toEqual(['sam', 'policy-agent']);
  });

  it('takes a line of before there were kinds for a decision', async () => {
    expect(await (await trail())({ kind: 'decision' })).toEqual(['policy-agent']);
  });

  it('keeps the newest where there are more than asked for', async () => {
    expect(await (await trail())({}, 2)).toEqual(['policy-agent', 'jo']);
  });
});
