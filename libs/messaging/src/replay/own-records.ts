import { HEADER } from '@aika/contracts';
import { LETTER_HEADER } from '../dead-letters/letter.js';
import type { LogRecord } from '../ports/index.js';
import { outputId } from '../runtime/message-id.js';
import { FORWARDED_HEADER } from '../runtime/record-intake.js';
import { type PartitionHistory, stepsOf } from './partition-history.js';
import type { ReplayRange } from './replay-range.js';
import type { ComparableOutput } from './comparable-output.js';
import { customerIn } from './step-replayer.js';

interface TimerStep {
  readonly timerId: string;
  readonly isInRange: boolean;
}

/**
 * Tells which of an agent's records the replayed steps should have made. Effects' results are not made again but
 * taken from the log; a timer's message belongs to the step in which it was due, not to the message that set it.
 */
export class OwnRecords {
  private readonly notMade = new Set<string>();
  private readonly timers = new Map<string, TimerStep[]>();

  constructor(
    private readonly agentId: string,
    history: PartitionHistory,
    range: ReplayRange,
    /** The only one whose messages are replayed. */
    private readonly customerId?: string,
  ) {
    for (const key of history.effects.keys()) this.addEffect(key);
    history.entries.forEach((_, index) => {
      const isInRange = index >= range.first && index < range.end;
      for (const step of stepsOf(history, index, index + 1)) {
        if (step.kind === 'effect') this.addEffect(step.key);
        if (step.kind === 'timer') this.addTimer(step.key, step.dueAt, isInRange);
      }
    });
  }

  /** An effect that was asked for, then or now: its result is no output of a handler. */
  addEffect(key: string): void {
    const id = outputId(this.agentId, key.slice(key.lastIndexOf('/') + 1), 'result');
    this.notMade.add(id).add(outputId(this.agentId, id, 'audit'));
  }

  /** Whether the agent itself wrote the record: no copy on its way, no dead letter that a person sent back. */
  isOwn({ headers }: LogRecord): boolean {
    if (headers[FORWARDED_HEADER] !== undefined || headers[LETTER_HEADER.redriveOf] !== undefined)
      return false;
    return headers[HEADER.source]?.toString() === this.agentId;
  }

  /** Whether a replayed step should have made this record. */
  isExpected(id: string, output: ComparableOutput, wasReplayed: (messageId: string) => boolean): boolean {
    if (this.notMade.has(id)) return false;
    if (this.customerId !== undefined && output.key !== this.customerId) return false;
    const cause = output.metadata?.causationId;
    if (cause === undefined) return false;
    const due = this.timers.get(lineOf(output.key ?? '', Date.parse(output.timestamp ?? ''))) ?? [];
    const timer = due.find(({ timerId }) => {
      const ownId = outputId(this.agentId, cause, `timer/${timerId}`);
      return id === ownId || id === outputId(this.agentId, ownId, 'audit');
    });
    return timer?.isInRange ?? wasReplayed(cause);
  }

  private addTimer(key: string, dueAt: number, isInRange: boolean): void {
    const line = lineOf(customerIn(key), dueAt);
    const timer = { timerId: key.split('/').slice(2).join('/'), isInRange };
    const known = this.timers.get(line);
    if (known) known.push(timer);
    else this.timers.set(line, [timer]);
  }
}

function lineOf(customerId: string, dueAt: number): string {
  return `${dueAt}/${customerId}`;
}
