import { stateTopicOf } from '../runtime/runtime-options.js';
import { shortNameOf } from '../runtime/runtime-options.js';
import { compareEffects } from './compare-effects.js';
import { compareLetters } from './compare-letters.js';
import { compareOutputs } from './compare-outputs.js';
import { compareStates } from './compare-states.js';
import { OwnRecords } from './own-records.js';
import { type PartitionHistory, stepsOf } from './partition-history.js';
import { PartitionReplay, type PartitionReplayOptions } from './partition-replay.js';
import { readLetters } from './recorded-letters.js';
import { readStates } from './recorded-states.js';
import { ReplayError } from './replay-error.js';
import type { ReplayOptions } from './replay-options.js';
import { type PartitionPlan, planReplay } from './replay-plan.js';
import type { PartitionReport, ReplayReport } from './replay-report.js';
import { ReplayTally } from './replay-tally.js';
import { type ReplayTopics, replayTopics } from './replay-topics.js';
import { ReplayWriter } from './replay-writer.js';
import { StepReplayer } from './step-replayer.js';

const DEFAULT_LIMIT = 20;

/**
 * Does an agent's history again with the handlers it has now, in the order in which things were handled then, and
 * holds what comes out against the record. Reads only; with `writeTo` it writes to topics of that namespace alone.
 *
 * @throws ReplayError when there is no such history, LogError when the log does not answer
 */
export async function replayHistory(options: ReplayOptions): Promise<ReplayReport> {
  const { agent, namespace, request } = options;
  if (request.writeTo === namespace) {
    throw new ReplayError(
      'NAMESPACE_TAKEN',
      `${namespace} is the namespace that is replayed: nothing is written there.`,
    );
  }
  const startedAt = performance.now();
  const signal = options.signal ?? new AbortController().signal;
  const topics = await replayTopics(options);
  const plan = await planReplay(options, topics, signal);
  const writer = await openWriter(options, topics, signal);
  const tally = new ReplayTally({ limit: request.limit ?? DEFAULT_LIMIT, values: request.values ?? false });
  try {
    const run = new HistoryReplay(options, topics, tally, writer, signal);
    const partitions = await run.partitions(plan.partitions);
    const isInterrupted = signal.aborted;
    return {
      agentId: agent.id,
      namespace,
      ...(request.writeTo === undefined ? {} : { writtenTo: request.writeTo }),
      isSame: !isInterrupted && tally.differenceCount === 0,
      isInterrupted,
      partitions,
      compared: tally.counts,
      differenceCount: tally.differenceCount,
      differences: tally.differences,
      notes: plan.notes,
      tookMs: Math.round(performance.now() - startedAt),
      // In kilobytes on every platform.
      peakMemoryMb: Math.round(process.resourceUsage().maxRSS / 1000),
    };
  } finally {
    await writer?.close();
  }
}

async function openWriter(
  { agent, log, request }: ReplayOptions,
  { inputs }: ReplayTopics,
  signal: AbortSignal,
): Promise<ReplayWriter | undefined> {
  if (request.writeTo === undefined) return undefined;
  return ReplayWriter.open({ log, agent, namespace: request.writeTo, inputs, signal });
}

class HistoryReplay {
  private readonly steps: StepReplayer;
  private readonly outputNamespace: string;
  private done = 0;

  constructor(
    private readonly options: ReplayOptions,
    private readonly topics: ReplayTopics,
    private readonly tally: ReplayTally,
    private readonly writer: ReplayWriter | undefined,
    private readonly signal: AbortSignal,
  ) {
    this.outputNamespace = options.request.writeTo ?? options.namespace;
    const { outputNamespace } = this;
    this.steps = new StepReplayer({ ...options, outputNamespace, partitionCount: topics.partitionCount });
  }

  async partitions(plans: readonly PartitionPlan[]): Promise<readonly PartitionReport[]> {
    const of = plans.reduce((sum, { history, range }) => sum + countOf(history, range.first, range.end), 0);
    const reports: PartitionReport[] = [];
    for (const plan of plans) {
      const onSteps = (count: number): void => {
        this.done += count;
        this.options.onProgress?.({ partition: plan.history.partition, done: this.done, of });
      };
      const replay = await this.replay(plan, { writer: this.writer, tally: this.tally, onSteps });
      if (this.signal.aborted) break;
      await this.compare(plan, replay);
      reports.push(reportOf(plan, replay));
    }
    return reports;
  }

  private async replay(
    { history, range, before }: PartitionPlan,
    own: Pick<PartitionReplayOptions, 'writer' | 'tally' | 'onSteps' | 'kept'>,
  ): Promise<PartitionReplay> {
    const { log, agent, namespace, request } = this.options;
    const { partition } = history;
    const at = { topic: stateTopicOf(namespace, shortNameOf(agent)), partition };
    const { before: states } = await readStates(log, at, { before, after: before }, this.signal);
    const origin = { namespace, partition, agentId: agent.id };
    const letters = await readLetters(log, origin, this.signal);
    const { steps, signal, outputNamespace } = this;
    const { customerId } = request;
    const shared = { log, history, range, steps, states, letters, customerId, signal };
    const replay = new PartitionReplay({ ...shared, ...own, outputNamespace });
    await replay.run();
    return replay;
  }

  private async compare(plan: PartitionPlan, replay: PartitionReplay): Promise<void> {
    const { log, agent, namespace, request } = this.options;
    const { tally, signal, outputNamespace } = this;
    const { history, range } = plan;
    const { made, recordedLetters: recorded, unknownEffects: unknown } = replay;
    const { partition } = history;
    const own = new OwnRecords(agent.id, history, range, request.customerId);
    for (const key of made.effects.keys()) own.addEffect(key);
    const topics = this.topics.outputs;
    const makeWhole = async (kept: ReadonlySet<string>) => {
      const uncounted = new ReplayTally({ limit: 0, values: false });
      const again = { writer: undefined, tally: uncounted, onSteps: () => undefined, kept };
      return (await this.replay(plan, again)).made.whole;
    };
    const shared = { log, namespace, outputNamespace, topics, partition, made, own, tally, signal };
    await compareOutputs({ ...shared, makeWhole });
    compareLetters({ partition, made, recorded, tally });
    compareEffects({ history, made, ended: endedEffects(history), unknown, tally });
    if (!plan.isEndKnown) return;
    const at = { topic: stateTopicOf(namespace, shortNameOf(agent)), partition };
    const { after } = await readStates(log, at, { before: -1, after: plan.after }, signal);
    compareStates({
      partition,
      recorded: after,
      replayed: replay.states,
      customerId: request.customerId,
      tally,
    });
  }
}

function countOf(history: PartitionHistory, first: number, end: number): number {
  let count = 0;
  for (const _step of stepsOf(history, first, end)) count += 1;
  return count;
}

function endedEffects(history: PartitionHistory): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const step of stepsOf(history)) if (step.kind === 'effect') keys.add(step.key);
  return keys;
}

function reportOf({ history, range }: PartitionPlan, { counts }: PartitionReplay): PartitionReport {
  const time = (index: number): string => new Date(history.entries[index]?.at ?? 0).toISOString();
  const { partition } = history;
  return { partition, from: time(range.first), until: time(range.end - 1), ...counts };
}
