import type { SeenEntry } from './partition-state.js';
import { kindOf } from './state-key.js';

/** One step of a partition, in the order in which it changed the state. */
export type HandledStep =
  /** A message was handled to its end: by its handler, or given up. One that had waited stands where it ran. */
  | { readonly kind: 'record'; readonly topic: string; readonly offset: number }
  /** A timer was due: its key in the state, and since when, milliseconds since 1970 UTC. */
  | { readonly kind: 'timer'; readonly key: string; readonly dueAt: number }
  /** An effect's result was taken: its key in the state. */
  | { readonly kind: 'effect'; readonly key: string };

/** Steps as they stand in an entry: topics once, offsets as differences, alike differences counted. */
export interface EncodedOrder {
  readonly v: 1;
  readonly topics: readonly string[];
  readonly steps: readonly EncodedStep[];
}

/** A run of records of one topic (`<topic>@<first offset>,<difference>[*<times>],…`), a timer or an effect. */
type EncodedStep = string | readonly ['timer', string, number] | readonly ['effect', string];

export function encodeOrder(steps: readonly HandledStep[]): EncodedOrder {
  const topics: string[] = [];
  const encoded: EncodedStep[] = [];
  for (let n = 0; n < steps.length;) {
    const step = steps[n]!;
    if (step.kind !== 'record') {
      encoded.push(step.kind === 'timer' ? ['timer', step.key, step.dueAt] : ['effect', step.key]);
      n += 1;
      continue;
    }
    const offsets = runFrom(steps, n, step.topic);
    if (!topics.includes(step.topic)) topics.push(step.topic);
    encoded.push(`${topics.indexOf(step.topic)}@${encodeOffsets(offsets)}`);
    n += offsets.length;
  }
  return { v: 1, topics, steps: encoded };
}

/**
 * The order in which one partition's messages, timers and effects' results were handled, from the entries of its
 * changelog: older and newer ones, of all kinds, in any order. Goes back as far as the ids of handled messages
 * are kept; entries from before the order was recorded tell nothing and are passed over.
 *
 * @param entries key and value as they stand in the changelog; null = deleted
 * @throws TypeError when an entry was written in a form that this version does not know
 */
export function handlingOrder(
  entries: Iterable<readonly [key: string, value: string | null]>,
): readonly HandledStep[] {
  const latest = new Map<string, string | null>();
  for (const [key, value] of entries) if (kindOf(key) === 'seen') latest.set(key, value);
  return [...latest.values()]
    .flatMap((value) => (value === null ? [] : [JSON.parse(value) as SeenEntry]))
    .filter(({ order }) => order !== undefined)
    .sort((a, b) => (a.n ?? 0) - (b.n ?? 0))
    .flatMap(({ order }) => decodeOrder(order as EncodedOrder));
}

function decodeOrder({ v, topics, steps }: EncodedOrder): HandledStep[] {
  // A newer version writes another number.
  if ((v as number) !== 1) throw new TypeError(`The order of handling is in form ${v}; 1 is known here.`);
  return steps.flatMap((step): HandledStep[] => {
    if (typeof step !== 'string') {
      return step[0] === 'timer'
        ? [{ kind: 'timer', key: step[1], dueAt: step[2] }]
        : [{ kind: 'effect', key: step[1] }];
    }
    const at = step.indexOf('@');
    const topic = topics[Number(step.slice(0, at))] ?? '';
    return decodeOffsets(step.slice(at + 1)).map((offset) => ({ kind: 'record', topic, offset }));
  });
}

/** Offsets of the records of one topic that follow each other from step `n` on. */
function runFrom(steps: readonly HandledStep[], n: number, topic: string): readonly number[] {
  const offsets: number[] = [];
  for (let at = n; at < steps.length; at += 1) {
    const step = steps[at]!;
    if (step.kind !== 'record' || step.topic !== topic) break;
    offsets.push(step.offset);
  }
  return offsets;
}

function encodeOffsets([first = 0, ...rest]: readonly number[]): string {
  const parts = [String(first)];
  let [before, difference, times] = [first, 0, 0];
  const flush = (): void => {
    if (times > 0) parts.push(times === 1 ? `${difference}` : `${difference}*${times}`);
    times = 0;
  };
  for (const offset of rest) {
    if (offset - before !== difference) flush();
    difference = offset - before;
    times += 1;
    before = offset;
  }
  flush();
  return parts.join(',');
}

function decodeOffsets(text: string): readonly number[] {
  const [first = '0', ...rest] = text.split(',');
  const offsets = [Number(first)];
  for (const part of rest) {
    const [difference = '0', times = '1'] = part.split('*');
    for (let n = 0; n < Number(times); n += 1) offsets.push((offsets.at(-1) ?? 0) + Number(difference));
  }
  return offsets;
}
