import type { LogRecord, MessageLog } from '../ports/index.js';
import { Batch } from '../runtime/batch.js';
import type { HandledStep } from '../runtime/handling-order.js';
import { PartitionState } from '../runtime/partition-state.js';
import { MadeAgain } from './made-again.js';
import { type PartitionHistory, stepsOf } from './partition-history.js';
import { RecordedInputs } from './recorded-inputs.js';
import { positionKey, type RecordedLetter } from './recorded-letters.js';
import { change, type States } from './recorded-states.js';
import { ReplayError } from './replay-error.js';
import type { ReplayRange } from './replay-range.js';
import type { ReplayTally } from './replay-tally.js';
import type { ReplayWriter } from './replay-writer.js';
import type { ReplayedStep, StepReplayer } from './step-replayer.js';

const STEPS_PER_BATCH = 500;

export interface PartitionReplayOptions {
  readonly log: MessageLog;
  readonly history: PartitionHistory;
  readonly range: ReplayRange;
  readonly steps: StepReplayer;
  /** The state before the range. Changed by the replay. */
  readonly states: States;
  readonly letters: ReadonlyMap<string, RecordedLetter>;
  readonly customerId: string | undefined;
  readonly writer: ReplayWriter | undefined;
  readonly tally: ReplayTally;
  readonly signal: AbortSignal;
  readonly onSteps: (count: number) => void;
  /** In which outputs would stand. */
  readonly outputNamespace: string;
  /** Ids of outputs whose content is kept. */
  readonly kept?: ReadonlySet<string>;
}

/** Does one partition's steps again, in their order, on its state. */
export class PartitionReplay {
  readonly made: MadeAgain;
  /** Dead letters that the replayed records became then. */
  readonly recordedLetters: (RecordedLetter & { readonly customerId: string })[] = [];
  /** Effects whose results were taken without that the replay had asked for them. */
  readonly unknownEffects = new Set<string>();
  readonly counts = { messages: 0, timers: 0, effects: 0 };
  /** Stores, timers and pending effects as the replay leaves them. */
  readonly states: States;
  private readonly state = new PartitionState();
  private readonly next = new Map<string, number>();

  constructor(private readonly options: PartitionReplayOptions) {
    this.made = new MadeAgain(options.outputNamespace, options.kept);
    this.states = options.states;
    this.state.apply([...options.states]);
  }

  /** @throws ReplayError `HISTORY_INCOMPLETE` */
  async run(): Promise<void> {
    const { log, history, range, signal, onSteps } = this.options;
    const { first, end } = range;
    const inputs = new RecordedInputs(log, history.partition, stepsOf(history, first, end), signal);
    try {
      let batch = new Batch();
      let count = 0;
      for (const step of stepsOf(history, first, end)) {
        if (signal.aborted) return;
        await this.step(batch, step, inputs);
        count += 1;
        if (count % STEPS_PER_BATCH !== 0) continue;
        await this.commit(batch);
        batch = new Batch();
        onSteps(STEPS_PER_BATCH);
      }
      await this.commit(batch);
      onSteps(count % STEPS_PER_BATCH);
    } finally {
      await inputs.close();
    }
  }

  private async step(batch: Batch, step: HandledStep, inputs: RecordedInputs): Promise<void> {
    const { steps, customerId, signal } = this.options;
    const record = step.kind === 'record' ? await inputs.take(step.topic, step.offset) : undefined;
    if (signal.aborted) return;
    if (customerId !== undefined && steps.customerOf(step, record) !== customerId) return;
    const part = batch.part(this.options.history.partition, this.state);
    switch (step.kind) {
      case 'timer':
        this.counts.timers += 1;
        this.made.add(steps.timer(batch, part, step.key));
        return;
      case 'effect':
        this.counts.effects += 1;
        if (!steps.effect(part, step.key).isKnown) this.unknownEffects.add(step.key);
        return;
      case 'record':
        if (!record) throw incomplete(step, this.options.history.partition);
        this.counts.messages += 1;
        await this.record(batch, record);
    }
  }

  private async record(batch: Batch, record: LogRecord): Promise<void> {
    const { steps, letters, history } = this.options;
    const part = batch.part(history.partition, this.state);
    const letter = letters.get(positionKey(record));
    const replayed = await steps.record(batch, part, record, letter?.code);
    this.made.add(replayed);
    if (letter) this.recordedLetters.push({ ...letter, customerId: replayed.customerId });
    this.noteInput(record, replayed);
    this.next.set(record.topic, Math.max(this.next.get(record.topic) ?? 0, record.offset + 1));
  }

  private noteInput(record: LogRecord, { isKnown, message, customerId }: ReplayedStep): void {
    const { partition } = record;
    const id = message?.messageId ?? `${record.topic}/${partition}@${record.offset}`;
    const subject = { of: 'inputs' as const, id, name: message?.messageType ?? '', customerId, partition };
    this.options.tally.compared(subject, isKnown ? [] : [{ path: 'handled', recorded: true, now: false }]);
  }

  private async commit(batch: Batch): Promise<void> {
    const { history, writer, states } = this.options;
    const { partition } = history;
    const positions = [...this.next].map(([topic, offset]) => ({ topic, partition, offset }));
    await writer?.write(batch, positions);
    for (const [key, value] of batch.part(partition, this.state).overlay.changes) change(states, key, value);
    batch.apply();
  }
}

function incomplete(step: Extract<HandledStep, { kind: 'record' }>, partition: number): ReplayError {
  const where = `${step.topic}/${partition}@${step.offset}`;
  return new ReplayError('HISTORY_INCOMPLETE', `${where} was handled and is no longer on the log.`);
}
