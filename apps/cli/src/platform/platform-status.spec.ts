import { describe, expect, it } from '@jest/globals';
import type { GroupStatus } from '@aika/messaging/kafka';
import { readStatus } from './platform-status.js';
import { statusReport } from './status-report.js';

const claims: GroupStatus = {
  groupId: 'claims-processing-agent',
  state: 'Stable',
  members: [
    {
      memberId: 'a',
      clientId: 'claims-1',
      host: '127.0.0.1',
      partitions: [{ topic: 'aika.commands', partition: 0 }],
    },
    {
      memberId: 'b',
      clientId: 'claims-2',
      host: '127.0.0.1',
      partitions: [{ topic: 'aika.commands', partition: 1 }],
    },
  ],
  lag: [
    { topic: 'aika.commands', partition: 0, committed: 5, end: 5, lag: 0 },
    { topic: 'aika.commands', partition: 1, committed: -1, end: 7, lag: 7 },
  ],
};

const admin = (groups: readonly GroupStatus[]) => ({
  describeCluster: () =>
    Promise.resolve({
      clusterId: 'c',
      controller: 2,
      brokers: [{ nodeId: 2, host: '127.0.0.1', port: 19093 }],
    }),
  listTopics: () =>
    Promise.resolve([
      { name: '__consumer_offsets', partitions: 8, underReplicated: 0 },
      { name: 'aika.commands', partitions: 2, underReplicated: 1 },
    ]),
  groups: () => Promise.resolve(groups),
});

const local = { kind: 'local', brokers: ['127.0.0.1:19092', '127.0.0.1:19093'] };

describe('the platform status', () => {
  it('counts instances, partitions and lag of each agent', async () => {
    const { agents } = await readStatus(local, admin([claims]), () => Promise.resolve([]));
    expect(agents).toEqual([
      { group: 'claims-processing-agent', state: 'Stable', members: 2, partitions: 2, lag: 7 },
    ]);
  });

  it('shows a broker that should be there and is not', async () => {
    const { brokers } = await readStatus(local, admin([]), () => Promise.resolve([]));
    expect(brokers).toEqual([
      { nodeId: 2, address: '127.0.0.1:19093', status: 'up' },
      { address: '127.0.0.1:19092', status: 'down' },
    ]);
  });

  it('does not expect more than the listed brokers of a cluster that is only given by some addresses', async () => {
    const given = { kind: 'given', brokers: ['bootstrap.example:9092'] };
    const { brokers } = await readStatus(given, admin([]), () => Promise.resolve([]));
    expect(brokers.map(({ status }) => status)).toEqual(['up']);
  });

  it("leaves Kafka's own topics out", async () => {
    const { topics } = await readStatus(local, admin([]), () => Promise.resolve([]));
    expect(topics.map(({ name }) => name)).toEqual(['aika.commands']);
  });

  it('tells a person which partitions are behind', async () => {
    const report = statusReport(await readStatus(local, admin([claims]), () => Promise.resolve([])));
    expect(report).toMatch(/aika\.commands\/1\s+nothing\s+7\s+7/);
    expect(report).not.toContain('aika.commands/0');
  });

  it('says what to do while there are no topics and no agents', async () => {
    const empty = { ...admin([]), listTopics: () => Promise.resolve([]) };
    const report = statusReport(await readStatus(local, empty, () => Promise.resolve([])));
    expect(report).toContain('"aika up" creates them');
    expect(report).toContain('none has run yet');
  });

  it('shows the cards of the live directory when a reader is given', async () => {
    const card = {
      agentId: 'claims-processing-agent',
      instance: 'claims-1',
      status: 'READY',
      at: '2026-01-01T00:00:00Z',
    };
    const report = statusReport(await readStatus(local, admin([]), () => Promise.resolve([card])));
    expect(report).toMatch(/claims-processing-agent\s+claims-1\s+READY/);
  });
});
