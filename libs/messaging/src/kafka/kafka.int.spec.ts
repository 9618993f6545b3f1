import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { PolledMember, collect, joinOptions, until } from '../ports/suite/suite-tools.js';
import { describeMessageLog } from '../ports/message-log.suite.js';
import { createKafkaAdmin, createKafkaLog } from './index.js';

const brokers = (process.env['KAFKA_BROKERS'] ?? '').split(',');

describeMessageLog('Kafka', () => {
  const admin = createKafkaAdmin({ brokers, clientId: 'suite-admin' });
  const created: string[] = [];
  return Promise.resolve({
    log: (clientId) => createKafkaLog({ brokers, clientId }),
    createTopic: async (partitions) => {
      const name = `suite.${process.pid}.${Date.now()}.${created.length}`;
      created.push(name);
      await admin.ensureTopics([
        { name, partitions, replicationFactor: 3, config: { 'min.insync.replicas': '2' } },
      ]);
      return name;
    },
    outlastSession: (_clientId, sessionTimeoutMs) => {
      // The whole process stands still, as under SIGSTOP.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, sessionTimeoutMs + 1_500);
      return Promise.resolve();
    },
    close: async () => {
      await admin.deleteTopics(created);
      await admin.close();
    },
  });
});

describe('records that another client has compressed', () => {
  it.each(['gzip', 'snappy', 'lz4', 'zstd'])(
    'are read from %s',
    async (codec) => {
      const admin = createKafkaAdmin({ brokers, clientId: 'codecs-admin' });
      const log = createKafkaLog({ brokers, clientId: 'codecs' });
      const topic = `codecs.${codec}.${process.pid}.${Date.now()}`;
      // The broker compresses what arrives in another form.
      const config = { 'compression.type': codec };
      await admin.ensureTopics([{ name: topic, partitions: 1, replicationFactor: 3, config }]);
      const values = Array.from(
        { length: 300 },
        (_, n) => `${n}:${'claim of a customer '.repeat(n % 40)}${n * 7919}`,
      );
      const writer = await log.createWriter();
      await writer.send(values.map((value) => ({ topic, partition: 0, key: 'k', value })));
      const read = await collect(log.read({ topic, partition: 0 }, { from: 0, until: values.length }));
      expect(read.map(({ value }) => value?.toString())).toEqual(values);
      await log.close();
      await admin.deleteTopics([topic]);
      await admin.close();
    },
    30_000,
  );
});

describe('a static member', () => {
  const admin = createKafkaAdmin({ brokers, clientId: 'static-admin' });
  const log = createKafkaLog({ brokers, clientId: 'static' });
  const topic = `static.${process.pid}.${Date.now()}`;
  const options = (instanceId: string, groupId: string) => ({
    ...joinOptions(groupId, [topic]),
    sessionTimeoutMs: 20_000,
    instanceId,
  });

  beforeAll(() => admin.ensureTopics([{ name: topic, partitions: 4, replicationFactor: 3, config: {} }]));
  afterAll(async () => {
    await log.close();
    await admin.deleteTopics([topic]);
    await admin.close();
  });

  it('that restarts within its session has its partitions again without a rebalance', async () => {
    const groupId = `${topic}.restart`;
    const stays = await PolledMember.join(log, options('stays', groupId));
    let restarts = await PolledMember.join(log, options('restarts', groupId));
    await until(() => stays.owned.length === 2 && restarts.owned.length === 2);
    const [before, neighbour] = [await restarts.stable(), await stays.stable()];
    // Once each: the leader's return is another path in the coordinator than a follower's.
    for (let n = 0; n < 2; n += 1) {
      await restarts.leave();
      restarts = await PolledMember.join(log, options('restarts', groupId));
      const after = await restarts.stable();
      expect(after).toMatchObject({ generationId: before.generationId, partitions: before.partitions });
      expect(after.memberId).not.toBe(before.memberId);
    }
    expect(stays.membership).toEqual(neighbour);
    await Promise.all([stays.leave(), restarts.leave()]);
  }, 60_000);

  it('commits nothing any more under its earlier member id, and is dead when another one takes its place', async () => {
    const groupId = `${topic}.twice`;
    const first = await log.joinGroup(options('twice', groupId));
    const polled = async (member: typeof first) => {
      await until(async () => {
        await member.poll({ maxRecords: 1, waitMs: 50 });
        return member.membership !== undefined;
      });
      return member.membership!;
    };
    const old = await polled(first);
    const second = await log.joinGroup(options('twice', groupId));
    const present = await polled(second);
    expect(present).toMatchObject({ generationId: old.generationId, partitions: old.partitions });
    const writer = await log.createTransactionalWriter({
      transactionalId: groupId,
      transactionTimeoutMs: 20_000,
    });
    const transaction = await writer.begin();
    const refused = transaction.commitOffsets(old, [{ topic, partition: 0, offset: 1 }]);
    await expect(refused).rejects.toMatchObject({ code: 'FENCED' });
    let death: unknown;
    await until(async () => {
      await first.poll({ maxRecords: 1, waitMs: 50 }).catch((error: unknown) => (death = error));
      return death !== undefined;
    });
    expect(death).toMatchObject({ code: 'MEMBER_DEAD', retriable: false });
    await Promise.all([first.leave(), second.leave()]);
  }, 60_000);
});

describe('a member whose owner is busy', () => {
  const admin = createKafkaAdmin({ brokers, clientId: 'busy-admin' });
  const log = createKafkaLog({ brokers, clientId: 'busy' });
  const topic = `busy.${process.pid}.${Date.now()}`;

  beforeAll(() => admin.ensureTopics([{ name: topic, partitions: 2, replicationFactor: 3, config: {} }]));
  afterAll(async () => {
    await log.close();
    await admin.deleteTopics([topic]);
    await admin.close();
  });

  it('for longer than its session keeps its partitions: heartbeats do not wait for polls', async () => {
    const options = { ...joinOptions(`${topic}.group`, [topic]), sessionTimeoutMs: 1_500 };
    const member = await PolledMember.join(log, options);
    const before = await member.stable();
    await member.pause();
    await new Promise((resolve) => setTimeout(resolve, 4_500));
    const writer = await log.createTransactionalWriter({
      transactionalId: topic,
      transactionTimeoutMs: 20_000,
    });
    const transaction = await writer.begin();
    await transaction.commitOffsets(before, [{ topic, partition: 0, offset: 0 }]);
    await transaction.commit();
    // What happened in the group would be told by this poll.
    await member.member.poll({ maxRecords: 1, waitMs: 0 });
    expect(member.membership).toEqual(before);
    await member.leave();
  }, 30_000);

  it('fetches no more than its buffer takes, and fills that', async () => {
    const options = { ...joinOptions(`${topic}.buffer`, [topic]), maxBufferedBytes: 100_000 };
    const member = await PolledMember.join(log, options);
    await member.stable();
    await member.pause();
    const writer = await log.createWriter();
    for (let n = 0; n < 30; n += 1) {
      await writer.send(
        [0, 1].map((partition) => ({ topic, partition, key: null, value: 'x'.repeat(10_000) })),
      );
    }
    await until(() => member.member.buffered.bytes >= 50_000);
    await member.leave();
  }, 30_000);
});

describe('a committed offset that the log does not have', () => {
  it('is an alarm at the poll: nothing is skipped and nothing read twice', async () => {
    const admin = createKafkaAdmin({ brokers, clientId: 'range-admin' });
    const log = createKafkaLog({ brokers, clientId: 'range' });
    const topic = `range.${process.pid}.${Date.now()}`;
    const groupId = `${topic}.group`;
    await admin.ensureTopics([{ name: topic, partitions: 1, replicationFactor: 3, config: {} }]);
    const first = await PolledMember.join(log, joinOptions(groupId, [topic]));
    const membership = await first.stable();
    const writer = await log.createTransactionalWriter({
      transactionalId: topic,
      transactionTimeoutMs: 20_000,
    });
    const transaction = await writer.begin();
    await transaction.commitOffsets(membership, [{ topic, partition: 0, offset: 100 }]);
    await transaction.commit();
    await first.leave();
    const second = await log.joinGroup(joinOptions(groupId, [topic]));
    let alarm: unknown;
    await until(async () => {
      await second.poll({ maxRecords: 1, waitMs: 100 }).catch((error: unknown) => (alarm = error));
      return alarm !== undefined;
    });
    expect(alarm).toMatchObject({ code: 'OFFSET_OUT_OF_RANGE', retriable: false });
    await second.leave();
    expect(await log.committedOffsets(groupId, [topic])).toEqual([{ topic, partition: 0, offset: 100 }]);
    await log.close();
    await admin.deleteTopics([topic]);
    await admin.close();
  }, 60_000);
});

describe('a record that its topic does not take', () => {
  it('is refused as such, alone and in a transaction, and the next transaction goes through', async () => {
    const admin = createKafkaAdmin({ brokers, clientId: 'refused-admin' });
    const log = createKafkaLog({ brokers, clientId: 'refused' });
    const topic = `refused.${process.pid}.${Date.now()}`;
    const config = { 'cleanup.policy': 'compact' };
    await admin.ensureTopics([{ name: topic, partitions: 1, replicationFactor: 3, config }]);
    const refusal = { code: 'RECORD_REFUSED', retriable: false };
    const good = { topic, partition: 0, key: 'k', value: 'v' };
    const bad = [
      { ...good, key: null },
      { ...good, timestamp: Date.now() + 100 * 86_400_000 },
    ];
    const plain = await log.createWriter();
    for (const record of bad) {
      await expect(plain.send([record])).rejects.toMatchObject(refusal);
      const options = { transactionalId: topic, transactionTimeoutMs: 20_000 };
      const writer = await log.createTransactionalWriter(options);
      const transaction = await writer.begin();
      await expect(transaction.send([good, record])).rejects.toMatchObject(refusal);
      await transaction.abort();
      expect(writer.broken).toBe(true);
      await writer.close();
      const next = await (await log.createTransactionalWriter(options)).begin();
      await next.send([good]);
      await next.commit();
    }
    const { end } = await log.offsets({ topic, partition: 0 });
    expect(await collect(log.read({ topic, partition: 0 }, { from: 0, until: end }))).toHaveLength(
      bad.length,
    );
    await log.close();
    await admin.deleteTopics([topic]);
    await admin.close();
  }, 60_000);
});
