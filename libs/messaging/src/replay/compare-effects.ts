import type { EffectEntry } from '../runtime/partition-state.js';
import { fieldDifferences } from './field-differences.js';
import type { MadeAgain } from './made-again.js';
import type { PartitionHistory } from './partition-history.js';
import type { ReplayTally } from './replay-tally.js';
import { customerIn } from './step-replayer.js';

export interface EffectComparison {
  readonly history: PartitionHistory;
  readonly made: MadeAgain;
  /** Keys of all effects that had a result, at any time. */
  readonly ended: ReadonlySet<string>;
  /** Keys of those whose result was taken in the replay without that they had been asked for. */
  readonly unknown: ReadonlySet<string>;
  readonly tally: ReplayTally;
}

/** Holds the effects that were asked for against those on the record. None of them was run. */
export function compareEffects({ history, made, ended, unknown, tally }: EffectComparison): void {
  const { partition, effects } = history;
  for (const [key, { made: text, causedBy, customerId }] of made.effects) {
    const now = JSON.parse(text) as EffectEntry;
    const subject = {
      of: 'effects' as const,
      id: now.idempotencyKey,
      name: now.name,
      customerId,
      partition,
      causedBy,
    };
    const then = effects.get(key);
    if (then !== undefined) tally.compared(subject, fieldDifferences(JSON.parse(then), now));
    // Compaction has removed what was asked; that it was asked is known by its result.
    else if (ended.has(key)) tally.compared(subject, []);
    else tally.extra(subject);
  }
  const missing = [...effects].filter(([, text]) => made.wasReplayed(causeOf(text))).map(([key]) => key);
  for (const key of new Set([...missing, ...unknown])) {
    if (made.effects.has(key)) continue;
    const text = effects.get(key);
    const { name, idempotencyKey: id } = entryOf(key, text);
    const causedBy = text === undefined ? undefined : causeOf(text);
    tally.missing({ of: 'effects', id, name, customerId: customerIn(key), partition, causedBy });
  }
}

function causeOf(text: string): string {
  return String((JSON.parse(text) as EffectEntry).metadata['causationId'] ?? '');
}

function entryOf(key: string, text: string | undefined): Pick<EffectEntry, 'name' | 'idempotencyKey'> {
  if (text !== undefined) return JSON.parse(text) as EffectEntry;
  return { name: '', idempotencyKey: key.slice(key.lastIndexOf('/') + 1) };
}
