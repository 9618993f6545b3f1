import type { PlatformStatus } from './platform-status.js';
import { table } from './table.js';

const section = (title: string, body: string): string => `${title}\n${body.replace(/^/gm, '  ')}\n`;

/** The status for a person: one table for each question. */
export function statusReport(status: PlatformStatus): string {
  const { kind, namespace, clusterId, brokers, topics, agents, cards, groups, database, edge, personalData } =
    status;
  return [
    section(
      `Brokers (${kind}, cluster ${clusterId})`,
      table(
        ['id', 'address', 'status'],
        brokers.map((broker) => [String(broker.nodeId ?? '?'), broker.address, broker.status]),
      ),
    ),
    ...(database === undefined ? [] : [section('PostgreSQL', database)]),
    ...(personalData === undefined ? [] : [section('Personal data', personalData)]),
    ...(edge === undefined
      ? []
      : [
          section(
            'Edge',
            table(
              ['process', 'address', 'status'],
              edge.map(({ app, url, status: health }) => [app, url, health]),
            ),
          ),
        ]),
    section(
      `Topics of ${namespace}`,
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
            agents.map(({ agentId, state, members, partitions, lag }) => [
              agentId,
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
              ['agent', 'instance', 'status', 'partitions', 'since', 'parked'],
              cards.map(({ agentId, instanceId, status, partitions, at, parked }) => [
                agentId,
                instanceId,
                status,
                numberRanges(partitions) || 'none',
                at,
                String(parked?.keys ?? 0),
              ]),
            ),
          ),
        ]),
    ...lagSection(groups),
  ].join('\n');
}

/** `0-3, 7` for ascending numbers. */
function numberRanges(numbers: readonly number[]): string {
  const ranges: { first: number; last: number }[] = [];
  for (const number of numbers) {
    const open = ranges.at(-1);
    if (open && open.last === number - 1) open.last = number;
    else ranges.push({ first: number, last: number });
  }
  return ranges.map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`)).join(', ');
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
