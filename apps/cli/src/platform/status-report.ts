import type { PlatformStatus } from './platform-status.js';
import { table } from './table.js';

const section = (title: string, body: string): string => `${title}\n${body.replace(/^/gm, '  ')}\n`;

/** The status for a person: one table for each question. */
export function statusReport(status: PlatformStatus): string {
  const { kind, clusterId, brokers, topics, agents, cards, groups } = status;
  return [
    section(
      `Brokers (${kind}, cluster ${clusterId})`,
      table(
        ['id', 'address', 'status'],
        brokers.map((broker) => [String(broker.nodeId ?? '?'), broker.address, broker.status]),
      ),
    ),
    section(
      'Topics',
      topics.length === 0
        ? 'none yet: "aika up" creates them'
        : table(
            ['topic', 'partitions', 'under-replicated'],
            topics.map(({ name, partitions, underReplicated }) => [
              name,
              String(partitions),
              String(underReplicated),
            ]),
          ),
    ),
    section(
      'Agents',
      agents.length === 0
        ? 'none has run yet'
        : table(
            ['agent', 'state', 'instances', 'partitions', 'lag'],
            agents.map(({ group, state, members, partitions, lag }) => [
              group,
              state,
              String(members),
              String(partitions),
              String(lag),
            ]),
          ),
    ),
    ...(cards.length === 0
      ? []
      : [
          section(
            'Directory',
            table(
              ['agent', 'instance', 'status', 'at'],
              cards.map(({ agentId, instance, status, at }) => [agentId, instance, status, at]),
            ),
          ),
        ]),
    ...lagSection(groups),
  ].join('\n');
}

/** Only partitions that are behind: the others are what one expects. */
function lagSection(groups: PlatformStatus['groups']): readonly string[] {
  const behind = groups.flatMap(({ groupId, lag }) =>
    lag
      .filter((partition) => partition.lag > 0)
      .map(({ topic, partition, committed, end, lag: records }) => [
        groupId,
        `${topic}/${partition}`,
        committed < 0 ? 'nothing' : String(committed),
        String(end),
        String(records),
      ]),
  );
  return behind.length === 0
    ? []
    : [section('Behind', table(['group', 'partition', 'committed', 'end', 'lag'], behind))];
}
