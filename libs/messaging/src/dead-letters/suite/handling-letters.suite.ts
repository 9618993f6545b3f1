import { describe, expect, it } from '@jest/globals';
import { type MessageLog, partitionFor, type TopicPartition } from '../../ports/index.js';
import { until } from '../../ports/suite/suite-tools.js';
import { COUNTER } from '../../runtime/suite/counter-agent.fixtures.js';
import type { RuntimeSuiteSetup } from '../../runtime/suite/counter-world.js';
import { useLettersWorld } from './letters-world.js';

const BY = { by: 'jo', reason: 'the fault is mended' };

export function describeHandlingLetters(name: string, open: () => Promise<RuntimeSuiteSetup>): void {
  describe(`looking at and mending dead letters on ${name}`, () => {
    const world = useLettersWorld(open);

    it('a letter is listed with why and wherefrom, and found whole by its id or the beginning of it', async () => {
      const customerId = world().customer();
      const letter = await world().deadCommand(customerId);
      expect(letter).toMatchObject({
        status: 'open',
        code: 'NO_WAY',
        agentId: COUNTER,
        messageType: 'ADD',
        customerId,
        attempts: 1,
        origin: { topic: world().topic('commands') },
      });
      const found = await world().letters.get(letter.id.slice(0, 20));
      expect(found?.letter.id).toBe(letter.id);
      expect(found?.letter.causes).toMatchObject([{ name: 'TerminalError', code: 'NO_WAY' }]);
      const [original] = await world().messages('commands', customerId);
      expect(letter.messageId).toBe(original?.messageId);
      expect(found?.letter.body).toEqual(original?.record.value);
      expect(found?.letter.headers).toEqual(original?.record.headers);
      expect(found?.letter.recordedAt).toBe(new Date(original?.record.timestamp ?? 0).toISOString());
    });

    it('what breaks its contract is not sent back as it is, unless forced; then it comes back as a letter', async () => {
      const customerId = world().customer();
      const letter = await world().sendRaw(
        customerId,
        JSON.stringify({ messageType: 'ADD', payload: { customerId, amount: 'many' } }),
      );
      const [refused] = await world().letters.redrive([letter.id], BY);
      expect(refused).toMatchObject({ kind: 'refused', code: 'INVALID_PAYLOAD' });
      expect(refused?.kind === 'refused' && refused.violations).toMatchObject([{ path: '/payload/amount' }]);
      expect(await world().sentAgain(letter.id)).toEqual([]);
      expect(await world().letters.redrive([letter.id], { ...BY, force: true })).toMatchObject([
        { kind: 'sent' },
      ]);
      const [, returned] = await world().lettersOf(customerId, 2);
      expect(returned).toMatchObject({ code: 'INVALID_PAYLOAD', redriveOf: letter.id, status: 'open' });
    });

    it('an edit cures a bad payload: broken ones are refused with every rule, the good one is handled', async () => {
      const customerId = world().customer();
      const message = (payload: object): string => JSON.stringify({ messageType: 'ADD', payload });
      const letter = await world().sendRaw(customerId, message({ customerId, amount: 'many' }));
      const still = await world().letters.edit(letter.id, message({ customerId: '', amount: 7.5 }), BY);
      expect(still.kind === 'refused' && still.violations.map(({ path }) => path).sort()).toEqual([
        '/payload/amount',
        '/payload/customerId',
        '/payload/customerId',
      ]);
      const cured = await world().letters.edit(letter.id, message({ customerId, amount: 7 }), BY);
      expect(cured).toMatchObject({ kind: 'sent' });
      await until(async () => (await world().totals(customerId)).length === 1);
      expect(await world().totals(customerId)).toEqual([7]);
      const again = await world().letters.edit(letter.id, message({ customerId, amount: 8 }), BY);
      expect(again).toMatchObject({ kind: 'already', resolution: { action: 'edit' } });
      expect(await world().auditOf(customerId)).toMatchObject([{ action: 'DEAD_LETTER_EDITED' }]);
      expect((await world().lettersOf(customerId))[0]?.status).toBe('redriven');
    });

    it('bytes that are no JSON can be edited into a message, on the partition of its customer', async () => {
      const letter = await world().sendRaw(world().customer(), '{"messageType": ');
      const other = world().customer();
      const body = JSON.stringify({ message_type: 'ADD', payload: { customer_id: other, amount: 3 } });
      const outcome = await world().letters.edit(letter.id, body, BY);
      const partition = partitionFor(other, await world().edge.partitionCount(world().topic('commands')));
      expect(outcome).toMatchObject({ kind: 'sent', partition });
      await until(async () => (await world().totals(other)).length === 1);
    });

    it('a dropped letter is never sent, and says who dropped it', async () => {
      const customerId = world().customer();
      const letter = await world().deadCommand(customerId);
      const drop = { by: 'jo', reason: 'a test of the sender' };
      expect(await world().letters.drop([letter.id], drop)).toMatchObject([{ kind: 'dropped' }]);
      expect(await world().letters.redrive([letter.id], BY)).toMatchObject([
        { kind: 'already', resolution: { action: 'drop', ...drop } },
      ]);
      expect(await world().sentAgain(letter.id)).toEqual([]);
      expect((await world().lettersOf(customerId))[0]?.status).toBe('dropped');
      expect(await world().auditOf(customerId)).toMatchObject([
        { action: 'DEAD_LETTER_DROPPED', messageId: letter.id, reason: drop.reason },
      ]);
    });

    it('an id that no letter has, or too little of one, is told and harms nothing', async () => {
      await world().deadCommand(world().customer());
      await world().deadCommand(world().customer());
      const outcomes = await world().letters.redrive(['msg-of-nobody', 'msg-'], BY);
      expect(outcomes).toEqual([
        { kind: 'not-found', id: 'msg-of-nobody' },
        { kind: 'not-found', id: 'msg-' },
      ]);
      expect(await world().letters.get('msg-')).toBeUndefined();
    });

    it('with a time, only what stands there since then is read, with what was done to it', async () => {
      const customerId = world().customer();
      const letter = await world().deadCommand(customerId);
      await world().letters.drop([letter.id], { by: 'jo', reason: 'not needed', since: letter.at });
      const read: TopicPartition[] = [];
      const log = world().connect('reading');
      const letters = world().officeOn(
        Object.assign(Object.create(log) as MessageLog, {
          read: (at: TopicPartition, range: { from: number; until: number }) => {
            read.push(at);
            return log.read(at, range);
          },
        }),
      );
      const { letters: found } = await letters.list({ customerId, since: letter.at });
      expect(found).toMatchObject([{ id: letter.id, status: 'dropped' }]);
      expect(read).not.toEqual([]);
      read.length = 0;
      // An hour for clocks that differ, and what was given up since then is still to come.
      const later = new Date(Date.parse(letter.at) + 3_700_000).toISOString();
      expect(await letters.list({ since: later })).toEqual({ letters: [], matching: 0 });
      expect(read).toEqual([]);
      expect(await letters.redrive([letter.id], { ...BY, since: later })).toMatchObject([
        { kind: 'not-found' },
      ]);
    });

    it('a list takes filters, the newest first, and tells how many there are', async () => {
      const customerId = world().customer();
      const dead = await world().deadCommands(customerId, [1, 2, 3]);
      await world().letters.drop([dead[0]!.id], { by: 'jo', reason: 'not needed' });
      const ids = async (filter: object): Promise<string[]> =>
        (await world().letters.list({ customerId, ...filter })).letters.map(({ id }) => id);
      const newestFirst = dead.map(({ id }) => id).toReversed();
      expect(await ids({ topic: 'commands', agentId: COUNTER, code: 'NO_WAY', messageType: 'ADD' })).toEqual(
        newestFirst,
      );
      expect(await ids({ status: 'open' })).toEqual(newestFirst.slice(0, 2));
      expect(await ids({ status: 'dropped' })).toEqual(newestFirst.slice(2));
      expect(await ids({ code: 'OTHER' })).toEqual([]);
      expect(await ids({ until: dead[0]!.at })).toEqual([]);
      expect(await ids({ since: dead[2]!.at })).toContain(dead[2]!.id);
      expect(await world().letters.list({ customerId, limit: 1 })).toMatchObject({
        letters: [{ id: newestFirst[0] }],
        matching: 3,
      });
    });
  });
}
