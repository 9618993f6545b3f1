import { describe, expect } from '@jest/globals';

import type { PositionState, TransactionalWriter } from '../message-log.port.js';
import { PolledMember, collect, joinOptions, record, until, type SuiteContext } from './suite-tools.js';

export function describeTransactions(context: SuiteContext): void {
  const { createTopic, connect, unique, transactional, inTransaction, send, readAll, rule } = context;

  describe('transactions', () => {
    rule('a commit makes outputs and offsets visible together, not before', async () => {
      const [input, output] = [await createTopic(2), await createTopic(2)];
      const groupId = unique('group');
      const log = connect();
      const member = await PolledMember.join(log, joinOptions(groupId, [input]));
      const membership = await member.stable();
      const writer = await transactional(log);
      const transaction = await writer.begin();
      await transaction.send([record(output, 0, 'a'), record(output, 1, 'b')]);
      await transaction.commitOffsets(membership, [{ topic: input, partition: 1, offset: 7 }]);
      const end = (await log.offsets({ topic: output, partition: 0 })).end;
      const early = new AbortController();
      const reading = collect(
        log.read({ topic: output, partition: 0 }, { from: 0, until: end, signal: early.signal }),
      );
      await new Promise((resolve) => setTimeout(resolve, 100));
      early.abort();
      expect(await reading).toEqual([]);
      await transaction.commit();
      expect(await log.committedOffsets(groupId, [input])).toEqual([
        { topic: input, partition: 1, offset: 7 },
      ]);
      expect(await readAll(log, { topic: output, partition: 0 })).toHaveLength(1);
      expect(await readAll(log, { topic: output, partition: 1 })).toHaveLength(1);
      await member.leave();
    });

    rule('tells where each record of a transaction stands', async () => {
      const topic = await createTopic(2);
      const log = connect();
      const writer = await transactional(log);
      const transaction = await writer.begin();
      const records = [record(topic, 1, 'a'), record(topic, 0, 'b'), record(topic, 1, 'c')];
      const positions = await transaction.send(records);
      await transaction.commit();
      for (const [n, { value, partition }] of records.entries()) {
        const found = (await readAll(log, { topic, partition })).find((one) => String(one.value) === value);
        expect(positions[n]).toEqual({ topic, partition, offset: found?.offset });
      }
      expect(await (await writer.begin()).send([])).toEqual([]);
    });

    rule('an abort shows nothing and leaves the offset where it was', async () => {
      const [input, output] = [await createTopic(1), await createTopic(1)];
      const groupId = unique('group');
      const log = connect();
      const member = await PolledMember.join(log, joinOptions(groupId, [input]));
      const membership = await member.stable();
      const writer = await transactional(log);
      const commit = (offset: number, end: 'commit' | 'abort'): Promise<void> =>
        inTransaction(
          writer,
          async (transaction) => {
            await transaction.send([record(output, 0, `${offset}`)]);
            await transaction.commitOffsets(membership, [{ topic: input, partition: 0, offset }]);
          },
          end,
        );
      await commit(1, 'commit');
      await commit(2, 'abort');
      expect(writer.broken).toBe(false);
      expect(await log.committedOffsets(groupId, [input])).toMatchObject([{ offset: 1 }]);
      const values = (await readAll(log, { topic: output, partition: 0 })).map(({ value }) =>
        value?.toString(),
      );
      expect(values).toEqual(['1']);
      await member.leave();
    });

    rule('no reader ever sees a record of an aborted transaction, however writers interleave', async () => {
      const topic = await createTopic(1);
      const log = connect();
      const writers = await Promise.all([0, 1, 2, 3].map(() => transactional(connect())));
      const committed: string[] = [];
      for (let round = 0; round < 8; round += 1) {
        const open = await Promise.all(writers.map((writer) => writer.begin()));
        for (let n = 0; n < 4; n += 1) {
          await Promise.all(
            open.map((transaction, w) => transaction.send([record(topic, 0, `${round}.${w}.${n}`)])),
          );
        }
        for (const [w, transaction] of open.entries()) {
          const keep = (round + w) % 2 === 0;
          await (keep ? transaction.commit() : transaction.abort());
          if (keep) for (let n = 0; n < 4; n += 1) committed.push(`${round}.${w}.${n}`);
        }
      }
      const read = (await readAll(log, { topic, partition: 0 })).map(({ value }) => value!.toString());
      expect(read.sort()).toEqual(committed.sort());
      const member = await PolledMember.join(log, joinOptions(unique('group'), [topic]));
      await until(() => member.records.length >= committed.length);
      expect(member.records.map(({ value }) => value!.toString()).sort()).toEqual(committed);
      await member.leave();
    });

    rule('a member of an earlier generation commits nothing: no offsets, no outputs', async () => {
      const [input, output] = [await createTopic(2), await createTopic(1)];
      const groupId = unique('group');
      const log = connect();
      const first = await PolledMember.join(log, joinOptions(groupId, [input]));
      const old = await first.stable();
      const second = await PolledMember.join(connect(), joinOptions(groupId, [input]));
      await until(() => (first.membership?.generationId ?? 0) > old.generationId);
      const writer = await transactional(log);
      const transaction = await writer.begin();
      await transaction.send([record(output, 0, 'zombie')]);
      const refused = transaction.commitOffsets(old, [{ topic: input, partition: 0, offset: 5 }]);
      await expect(refused).rejects.toMatchObject({ code: 'FENCED', retriable: false });
      expect(writer.broken).toBe(true);
      await expect(transaction.commit()).rejects.toMatchObject({ code: 'TRANSACTION_FAILED' });
      await transaction.abort();
      expect(await log.committedOffsets(groupId, [input])).toEqual([]);
      expect(await readAll(log, { topic: output, partition: 0 })).toEqual([]);
      await Promise.all([first.leave(), second.leave()]);
    });

    rule('a member that the group does not know commits nothing', async () => {
      const input = await createTopic(1);
      const groupId = unique('group');
      const log = connect();
      const member = await PolledMember.join(log, joinOptions(groupId, [input]));
      const membership = { ...(await member.stable()), memberId: 'somebody-else' };
      const transaction = await (await transactional(log)).begin();
      const refused = transaction.commitOffsets(membership, [{ topic: input, partition: 0, offset: 5 }]);
      await expect(refused).rejects.toMatchObject({ code: 'FENCED' });
      await member.leave();
    });

    rule('a new writer of the same id fences the one before and aborts its open transaction', async () => {
      const topic = await createTopic(1);
      const log = connect();
      const id = unique('tx');
      const old = await transactional(log, id);
      const open = await old.begin();
      await open.send([record(topic, 0, 'old')]);
      const fresh = await transactional(connect(), id);
      await expect(open.commit()).rejects.toMatchObject({ code: 'FENCED' });
      expect(old.broken).toBe(true);
      await expect(old.begin()).rejects.toMatchObject({ code: 'TRANSACTION_FAILED' });
      await inTransaction(fresh, (transaction) => transaction.send([record(topic, 0, 'new')]));
      const values = (await readAll(log, { topic, partition: 0 })).map(({ value }) => value?.toString());
      expect(values).toEqual(['new']);
    });

    rule('a transaction past its time is aborted by the log, and its writer is fenced', async () => {
      const topic = await createTopic(1);
      const log = connect();
      const options = { transactionalId: unique('tx'), transactionTimeoutMs: 1_000 };
      const writer = await log.createTransactionalWriter(options);
      const transaction = await writer.begin();
      await transaction.send([record(topic, 0, 'late')]);
      await send([record(topic, 0, 'behind it')]);
      const values = (await readAll(log, { topic, partition: 0 })).map(({ value }) => value?.toString());
      expect(values).toEqual(['behind it']);
      await expect(transaction.commit()).rejects.toMatchObject({ code: 'FENCED' });
      expect(writer.broken).toBe(true);
    });

    rule('no member is given what stands behind the first record of an open transaction', async () => {
      const topic = await createTopic(2);
      const transaction = await (await transactional(connect())).begin();
      await transaction.send([record(topic, 0, 'undecided')]);
      await send([record(topic, 0, 'behind it'), record(topic, 1, 'beside it')]);
      const member = await PolledMember.join(connect(), joinOptions(unique('group'), [topic]));
      const values = (): string[] => member.records.map(({ value }) => value!.toString());
      await until(() => values().length > 0);
      expect(values()).toEqual(['beside it']);
      await transaction.commit();
      await until(() => values().length === 3);
      expect(values()).toEqual(['beside it', 'undecided', 'behind it']);
      await member.leave();
    });

    rule(
      'of two commits of an offset the one written later stays, however the transactions end',
      async () => {
        const input = await createTopic(1);
        const groupId = unique('group');
        const log = connect();
        const member = await PolledMember.join(log, joinOptions(groupId, [input]));
        const membership = await member.stable();
        const [first, second] = [
          await (await transactional(log)).begin(),
          await (await transactional(log)).begin(),
        ];
        await first.commitOffsets(membership, [{ topic: input, partition: 0, offset: 1 }]);
        await second.commitOffsets(membership, [{ topic: input, partition: 0, offset: 2 }]);
        await second.commit();
        await first.commit();
        expect(await log.committedOffsets(groupId, [input])).toMatchObject([{ offset: 2 }]);
        await member.leave();
      },
    );

    rule('offsets in the name of no member and no generation are taken unchecked', async () => {
      const input = await createTopic(1);
      const groupId = unique('group');
      const log = connect();
      const member = await PolledMember.join(log, joinOptions(groupId, [input]));
      const nobody = { ...(await member.stable()), memberId: '', generationId: -1 };
      const position = { topic: input, partition: 0, offset: 5 };
      // Why a runtime names both in every transaction: without them nobody is fenced.
      await inTransaction(await transactional(log), (transaction) =>
        transaction.commitOffsets(nobody, [position]),
      );
      expect(await log.committedOffsets(groupId, [input])).toEqual([position]);
      await member.leave();
    });

    rule('a transaction without content commits', async () => {
      const writer = await transactional(connect());
      await inTransaction(writer, () => Promise.resolve());
      await inTransaction(writer, (transaction) => transaction.send([]));
      expect(writer.broken).toBe(false);
    });

    rule('the states of positions name who committed them last, and tell what is about to move', async () => {
      const input = await createTopic(2);
      const groupId = unique('group');
      const log = connect();
      const member = await PolledMember.join(log, joinOptions(groupId, [input]));
      const membership = await member.stable();
      const owned = (owner?: string): Promise<TransactionalWriter> =>
        log.createTransactionalWriter({ transactionalId: unique('tx'), transactionTimeoutMs: 20_000, owner });
      const at = [0, 1].map((partition) => ({ topic: input, partition }));
      const states = (): Promise<readonly PositionState[]> => log.positionStates(groupId, at);
      expect(await states()).toEqual(at.map((one) => ({ ...one, owner: undefined, isPending: false })));
      const positions = [{ topic: input, partition: 1, offset: 3 }];
      await inTransaction(await owned('first'), (one) => one.commitOffsets(membership, positions));
      const next = await (await owned('second')).begin();
      await next.commitOffsets(membership, positions);
      expect(await states()).toEqual([
        { topic: input, partition: 0, owner: undefined, isPending: false },
        { topic: input, partition: 1, owner: 'first', isPending: true },
      ]);
      // What is about to move elsewhere holds nobody up.
      expect(await log.committedOffsets(groupId, [input], [0])).toEqual([]);
      await next.commit();
      await until(async () => (await states()).every(({ isPending }) => !isPending));
      expect((await states())[1]).toMatchObject({ owner: 'second' });
      await inTransaction(await owned(), (one) => one.commitOffsets(membership, positions));
      await until(async () => (await states())[1]?.owner === undefined);
      await member.leave();
    });

    rule('an open transaction keeps the stable end of its partitions, and of no other', async () => {
      const topic = await createTopic(2);
      const log = connect();
      await send([record(topic, 0, 'before'), record(topic, 1, 'beside')]);
      const transaction = await (await transactional(log)).begin();
      await transaction.send([record(topic, 0, 'open')]);
      await send([record(topic, 0, 'behind')]);
      expect(await log.offsets({ topic, partition: 0 })).toEqual({ start: 0, end: 3, stableEnd: 1 });
      expect(await log.offsets({ topic, partition: 1 })).toEqual({ start: 0, end: 1, stableEnd: 1 });
      await transaction.abort();
      await until(async () => (await log.offsets({ topic, partition: 0 })).stableEnd === 4);
    });

    rule('committed offsets are told only when no transaction can move them any more', async () => {
      const input = await createTopic(1);
      const groupId = unique('group');
      const log = connect();
      const member = await PolledMember.join(log, joinOptions(groupId, [input]));
      const membership = await member.stable();
      const transaction = await (await transactional(log)).begin();
      await transaction.commitOffsets(membership, [{ topic: input, partition: 0, offset: 3 }]);
      let told = false;
      const asked = connect()
        .committedOffsets(groupId, [input])
        .finally(() => {
          told = true;
        });
      await new Promise((resolve) => setTimeout(resolve, 200));
      expect(told).toBe(false);
      await transaction.commit();
      expect(await asked).toEqual([{ topic: input, partition: 0, offset: 3 }]);
      await member.leave();
    });
  });
}
