import { topicOf } from '@aika/contracts';
import { partitionFor } from '../ports/index.js';
import { stateTopicOf } from '../runtime/runtime-options.js';
import { shortNameOf } from '../runtime/runtime-options.js';
import { type PartitionHistory, readHistory } from './partition-history.js';
import { ReplayError } from './replay-error.js';
import type { ReplayOptions } from './replay-options.js';
import { pointText, type ReplayPoint } from './replay-point.js';
import { beginningOf, endEntry, firstEntry, type ReplayRange } from './replay-range.js';
import type { ReplayTopics } from './replay-topics.js';

const DEFAULT_UNCOMPACTED_MS = 3_600_000;

/** What is replayed of one partition. */
export interface PartitionPlan {
  readonly history: PartitionHistory;
  readonly range: ReplayRange;
  /** Offset in the state topic of the last record of the state before the range; -1 = that state is empty. */
  readonly before: number;
  /** The same for the end of the range. */
  readonly after: number;
  /** Whether the state at the end is on the log, so that it can be compared. */
  readonly isEndKnown: boolean;
}

export interface ReplayPlan {
  readonly partitions: readonly PartitionPlan[];
  readonly notes: readonly string[];
}

interface Points {
  readonly from: ReplayPoint | undefined;
  readonly until: ReplayPoint | undefined;
}

/** Finds what is to be replayed. @throws ReplayError when it is not there */
export async function planReplay(
  options: ReplayOptions,
  topics: ReplayTopics,
  signal: AbortSignal,
): Promise<ReplayPlan> {
  const { request } = options;
  const points: Points = {
    from: resolved(request.from, options, topics),
    until: resolved(request.until, options, topics),
  };
  const histories = await readHistories(options, topics, points, signal);
  if (signal.aborted) return { partitions: [], notes: [] };
  if (histories.every(({ entries }) => entries.length === 0)) throw noOrder(options);
  const notes: string[] = [];
  const plans: PartitionPlan[] = [];
  const chosen = chosenPartition(options, topics, points, histories);
  for (const history of histories) {
    if (chosen !== undefined && history.partition !== chosen) continue;
    const plan = await planPartition(options, history, topics, points, notes);
    if (plan.range.first < plan.range.end) plans.push(plan);
  }
  return { partitions: plans, notes };
}

async function readHistories(
  { agent, log, namespace }: ReplayOptions,
  { partitions }: ReplayTopics,
  { from, until }: Points,
  signal: AbortSignal,
): Promise<readonly PartitionHistory[]> {
  const ids = [from, until].flatMap((point) => (point?.kind === 'message' ? [point.messageId] : []));
  const topic = stateTopicOf(namespace, shortNameOf(agent));
  const histories: PartitionHistory[] = [];
  for (let partition = 0; partition < partitions; partition += 1) {
    histories.push(await readHistory(log, { topic, partition }, ids, signal));
  }
  return histories;
}

/** A position, a message or a customer stands in one partition; the others have nothing to do with it. */
function chosenPartition(
  { request }: ReplayOptions,
  { partitions }: ReplayTopics,
  { from, until }: Points,
  histories: readonly PartitionHistory[],
): number | undefined {
  const chosen = new Set<number>();
  if (request.customerId !== undefined) chosen.add(partitionFor(request.customerId, partitions));
  for (const point of [from, until]) {
    if (point === undefined || point.kind === 'time') continue;
    const found = histories.find((history) => firstEntry(history, point) >= 0);
    if (!found) throw notInHistory(point);
    chosen.add(found.partition);
  }
  if (chosen.size > 1) {
    const numbers = [...chosen].join(' and ');
    throw new ReplayError(
      'POINT_INVALID',
      `Start, end and customer lie in partitions ${numbers}: one is replayed at a time.`,
    );
  }
  return [...chosen][0];
}

async function planPartition(
  options: ReplayOptions,
  history: PartitionHistory,
  topics: ReplayTopics,
  { from, until }: Points,
  notes: string[],
): Promise<PartitionPlan> {
  const { entries, partition } = history;
  const starts = await startsOf(options, topics, partition);
  const beginning = beginningOf(history, (topic) => starts.get(topic) ?? 0);
  const asked = from ? firstEntry(history, from) : 0;
  if (asked < beginning && from && from.kind !== 'time') throw notInHistory(from);
  const first = Math.max(asked, beginning);
  const end = until ? endEntry(history, until) : entries.length;
  const isExact = (index: number): boolean => isUncompacted(options, entries[index]?.at);
  if (asked < beginning) notes.push(beginsAt(history, beginning));
  else if (first > 0 && first < end && !isExact(first - 1)) notes.push(mayLack(history, first));
  const isEndKnown = end === entries.length || isExact(end - 1);
  if (!isEndKnown)
    notes.push(`Partition ${partition}: the state at the end is not compared, it may be compacted away.`);
  const offsetOf = (index: number): number => entries[index]?.offset ?? -1;
  return {
    history,
    range: { first, end },
    before: offsetOf(first - 1),
    after: offsetOf(end - 1),
    isEndKnown,
  };
}

async function startsOf(
  { log }: ReplayOptions,
  { inputs }: ReplayTopics,
  partition: number,
): Promise<ReadonlyMap<string, number>> {
  const starts = inputs.map(
    async (topic) => [topic, (await log.offsets({ topic, partition })).start] as const,
  );
  return new Map(await Promise.all(starts));
}

function isUncompacted({ request, clock = Date.now }: ReplayOptions, at = 0): boolean {
  return at >= clock() - (request.uncompactedMs ?? DEFAULT_UNCOMPACTED_MS);
}

/** With the full name of its topic. @throws ReplayError `POINT_INVALID` */
function resolved(
  point: ReplayPoint | undefined,
  { agent, namespace }: ReplayOptions,
  { inputs, partitions }: ReplayTopics,
): ReplayPoint | undefined {
  if (point?.kind !== 'position') return point;
  const topic = [point.topic, topicOf(namespace, point.topic)].find((name) => inputs.includes(name));
  if (topic !== undefined && point.partition < partitions) return { ...point, topic };
  throw new ReplayError(
    'POINT_INVALID',
    `${agent.id} does not read ${pointText(point)}. It reads ${inputs.join(', ')}, each with partitions 0 to ${partitions - 1}.`,
  );
}

function beginsAt({ partition, entries }: PartitionHistory, beginning: number): string {
  const at = entries[beginning]?.at;
  const when = at === undefined ? 'with what comes next' : `at ${new Date(at).toISOString()}`;
  return `Partition ${partition}: history begins ${when}; what was before is not known, and its state is taken from the changelog.`;
}

function mayLack({ partition, entries }: PartitionHistory, first: number): string {
  const at = new Date(entries[first]?.at ?? 0).toISOString();
  return `Partition ${partition}: the state before ${at} may lack values that were overwritten since and compacted away.`;
}

function notInHistory(point: ReplayPoint): ReplayError {
  return new ReplayError(
    'POINT_NOT_IN_HISTORY',
    `${pointText(point)} is not in this agent's history: it was never handled, or is older than what is kept.`,
  );
}

function noOrder({ agent, namespace }: ReplayOptions): ReplayError {
  return new ReplayError(
    'NO_RECORDED_ORDER',
    `No order of handling is on record for ${agent.id} in ${namespace}: it has handled nothing, or only in a version that did not record it.`,
  );
}
