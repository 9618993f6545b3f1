import { afterAll, describe, expect, it } from '@jest/globals';

import { PolledMember, joinOptions, until } from '../ports/suite/suite-tools.js';
import { createKafkaAdmin, createKafkaLog, type TopicSpec } from './index.js';

describe('Kafka admin', () => {
  const brokers = (process.env['KAFKA_BROKERS'] ?? '').split(',');
  const admin = createKafkaAdmin({ brokers, clientId: 'admin-spec' });
  const log = createKafkaLog({ brokers, clientId: 'admin-spec' });
  const prefix = `admin.${process.pid}.${Date.now()}`;
  const spec = (name: string, config: Record<string, string> = {}): TopicSpec => ({
    name: `${prefix}.${name}`,
    partitions: 2,
    replicationFactor: 3,
    config,
  });
  const all = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `${prefix}.${name}`);

  afterAll(async () => {
    await log.close();
    await admin.deleteTopics(all);
    await admin.close();
  }, 30_000);

  it('describes the brokers of the cluster', async () => {
    const { clusterId, brokers: found } = await admin.describeCluster();
    expect(clusterId).not.toBe('');
    expect(found.length).toBeGreaterThanOrEqual(3);
  });

  it('creates what is missing, also when several do so at once, and tells what differs', async () => {
    const compacted = spec('a', { 'cleanup.policy': 'compact' });
    const [first, second] = await Promise.all([
      admin.ensureTopics([compacted, spec('b')]),
      admin.ensureTopics([compacted, spec('b')]),
    ]);
    expect([...first.mismatched, ...second.mismatched]).toEqual([]);
    const again = await admin.ensureTopics([{ ...compacted, partitions: 3 }, spec('b')]);
    expect(again.created).toEqual([]);
    expect(again.existing).toEqual([compacted.name, `${prefix}.b`]);
    expect(again.mismatched).toMatchObject([
      { topic: compacted.name, wanted: { partitions: 3 }, found: { partitions: 2, replicationFactor: 3 } },
    ]);
    const status = (await admin.listTopics()).find(({ name }) => name === compacted.name);
    expect(status).toEqual({ name: compacted.name, partitions: 2, underReplicated: 0 });
  }, 30_000);

  it('tells members and lag of a group, and a lag of 0 when only markers are left', async () => {
    const topic = `${prefix}.c`;
    await admin.ensureTopics([spec('c')]);
    const groupId = `${prefix}.group`;
    const writer = await log.createTransactionalWriter({
      transactionalId: prefix,
      transactionTimeoutMs: 10_000,
    });
    const write = async (value: string): Promise<void> => {
      const transaction = await writer.begin();
      await transaction.send([{ topic, partition: 1, key: null, value }]);
      await transaction.commit();
    };
    await write('handled');
    const member = await PolledMember.join(log, joinOptions(groupId, [topic]));
    await until(() => member.records.length === 1);
    const commit = await writer.begin();
    await commit.commitOffsets(member.membership!, [{ topic, partition: 1, offset: 1 }]);
    await commit.commit();
    const drained = async () => (await admin.groups(groupId))[0]!;
    await until(async () => (await drained()).lag.some(({ end }) => end === 2));
    expect(await drained()).toMatchObject({
      groupId,
      state: 'Stable',
      members: [{ clientId: 'admin-spec', partitions: [{ partition: 0 }, { partition: 1 }] }],
      lag: [
        { partition: 0, committed: -1, end: 0, lag: 0 },
        { partition: 1, committed: 1, end: 2, lag: 0 },
      ],
    });
    await write('waiting');
    await until(async () => (await drained()).lag[1]?.lag === 1);
    await member.leave();
    expect(await drained()).toMatchObject({ state: 'Empty', members: [] });
  }, 60_000);

  it('tells several groups on several topics at once, also as the first question of a connection', async () => {
    const topics = ['d', 'e', 'f'].map((name) => `${prefix}.${name}`);
    await admin.ensureTopics(['d', 'e', 'f'].map((name) => spec(name)));
    const members = await Promise.all(
      [1, 2, 3].map((n) => PolledMember.join(log, joinOptions(`${prefix}.several-${n}`, topics))),
    );
    await Promise.all(members.map((member) => member.stable()));
    for (let n = 0; n < 5; n++) {
      const fresh = createKafkaAdmin({ brokers, clientId: 'admin-spec-fresh' });
      const groups = await fresh.groups(`${prefix}.several-`);
      expect(groups.map(({ lag }) => lag.length)).toEqual([6, 6, 6]);
      await fresh.close();
    }
    await Promise.all(members.map((member) => member.leave()));
  }, 60_000);
});
