import { describe, expect, it } from '@jest/globals';
import type { GroupStatus } from '@aika/messaging/kafka';
import { readStatus } from './platform-status.js';
import { statusReport } from './status-report.js';

const claims: GroupStatus = {
  groupId: 'aika.claims-processing-agent',
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
      { name: 'payroll', partitions: 1, underReplicated: 0 },
    ]),
  groups: (prefix: string) => Promise.resolve(groups.filter(({ groupId }) => groupId.startsWith(prefix))),
});

const namespace = 'aika';
const local = { kind: 'local', namespace, brokers: ['127.0.0.1:19092', '127.0.0.1:19093'] };

const card = {
  agentId: 'claims-processing-agent',
  instanceId: 'claims-1',
  handles: ['FILE_CLAIM'],
  emits: ['CLAIM_FILED'],
  partitions: [0, 1, 2, 5],
  generation: 3,
  at: '2026-01-01T00:00:00.000Z',
};

describe('the platform status', () => {
  it('counts instances, partitions and lag of each agent', async () => {
    const { agents } = await readStatus(local, admin([claims]), () => Promise.resolve([]));
    expect(agents).toEqual([
      {
        agentId: 'claims-processing-agent',
        group: 'aika.claims-processing-agent',
        state: 'Stable',
        members: 2,
        partitions: 2,
        lag: 7,
      },
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
    const given = { kind: 'given', namespace, brokers: ['bootstrap.example:9092'] };
    const { brokers } = await readStatus(given, admin([]), () => Promise.resolve([]));
    expect(brokers.map(({ status }) => status)).toEqual(['up']);
  });

  it('tells of topics and groups of its namespace only: the cluster may be shared', async () => {
    const other = { ...claims, groupId: 'payroll' };
    const { topics, groups } = await readStatus(local, admin([other, claims]), () => Promise.resolve([]));
    expect(topics.map(({ name }) => name)).toEqual(['aika.commands']);
    expect(groups).toEqual([claims]);
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

  it('shows what the instances say of themselves, and which of them are there no more', async () => {
    const killed = { ...card, instanceId: 'claims-9', partitions: [] };
    const status = await readStatus(local, admin([claims]), () => Promise.resolve([card, killed]));
    expect(status.cards.map((entry) => entry.status)).toEqual(['running', 'gone']);
    const report = statusReport(status);
    expect(report).toMatch(/claims-processing-agent +claims-1 +running +0-2, 5 +2026-01-01T00:00:00.000Z/);
    expect(report).toMatch(/claims-processing-agent +claims-9 +gone +none/);
  });

  it('says whether gateway and projector answer, and where, if they were asked', async () => {
    const status = await readStatus(local, admin([]), () => Promise.resolve([]));
    expect(statusReport(status)).not.toContain('Edge');
    const edge = [
      { app: 'projector', url: 'http://127.0.0.1:3105', status: 'down' },
      { app: 'gateway', url: 'http://127.0.0.1:3100', status: 'up' },
    ] as const;
    const report = statusReport({ ...status, edge });
    expect(report).toMatch(/projector +http:\/\/127\.0\.0\.1:3105 +down/);
    expect(report).toMatch(/gateway +http:\/\/127\.0\.0\.1:3100 +up/);
  });

  it('says how personal data is kept, if that was asked', async () => {
    const status = await readStatus(local, admin([]), () => Promise.resolve([]));
    expect(statusReport(status)).not.toContain('Personal data');
    const personalData = 'Personal data is sealed; its keys are in /there.';
    expect(statusReport({ ...status, personalData })).toContain(`Personal data\n  ${personalData}\n`);
  });
});
