import type { TableReport } from '../../views/views-process.js';
import type { Verdict } from '../verdict.js';
import { idsTold, isAcceptance, isToRepeat, type RequestRecord } from './request-log.js';
import type { SeenEvent, SeenGap } from './stream-reader.js';

/** A message as it stands on the log. */
export interface MessageOnLog {
  readonly messageId: string;
  readonly type: string;
  readonly conversationId: string | undefined;
}

const CLEAN: Verdict = { lost: [], doubled: [], reordered: [], divergent: [] };

/**
 * Every request that was accepted is one command and one outcome on the log, over all its repeats; what was told of
 * them is so. A request that was never accepted although it was repeated for long is lost too.
 */
export function judgeRequests(
  records: readonly RequestRecord[],
  commands: readonly MessageOnLog[],
  events: readonly MessageOnLog[],
): Verdict {
  const commandsOf = Map.groupBy(commands, nameOf);
  const eventsOf = Map.groupBy(events, nameOf);
  const eventIds = new Set(events.map(({ messageId }) => messageId));
  const lost: string[] = [];
  const doubled: string[] = [];
  const divergent: string[] = [];
  for (const record of records) {
    const { key, conversationId, command, outcome } = record.wish;
    const told = idsTold(record);
    // A repeat puts the same message on the log again; agents handle it once.
    const sent = new Set(ids(commandsOf.get(`${command}/${conversationId}`)));
    const outcomes = ids(eventsOf.get(`${outcome}/${conversationId}`));
    const isAccepted = record.attempts.some(isAcceptance);
    if (!isAccepted) lost.push(`request ${key} was never accepted`);
    lost.push(
      ...told.filter((id) => !sent.has(id)).map((id) => `request ${key}: accepted as ${id}, not sent`),
    );
    if (isAccepted && outcomes.length === 0) lost.push(`request ${key}: accepted, no ${outcome}`);
    if (told.length > 1) doubled.push(`request ${key} was accepted as ${told.join(' and ')}`);
    if (sent.size > 1) doubled.push(`request ${key} was sent as ${[...sent].join(' and ')}`);
    if (outcomes.length > 1) doubled.push(`request ${key}: ${outcomes.length} times ${outcome}`);
    divergent.push(...wrongAnswers(record, eventIds));
  }
  return { ...CLEAN, lost, doubled, divergent };
}

/** Refusals, of which this workload deserves none, and outcomes that were told and are not there. */
function wrongAnswers(
  { wish: { key }, attempts }: RequestRecord,
  eventIds: ReadonlySet<string>,
): readonly string[] {
  const refused = attempts.filter((attempt) => !isAcceptance(attempt) && !isToRepeat(attempt));
  const untrue = attempts.filter(({ outcomeId }) => outcomeId !== undefined && !eventIds.has(outcomeId));
  return [
    ...refused.map(({ status }) => `request ${key} was refused with ${status}`),
    ...untrue.map(
      ({ outcomeId }) => `request ${key} was answered with ${outcomeId}, which is not on the log`,
    ),
  ];
}

/** What a reader of the stream has seen: everything, once, in the order of each partition, but for what it was told. */
export function judgeStream(
  seen: readonly SeenEvent[],
  gaps: readonly SeenGap[],
  expected: readonly SeenEvent[],
): Verdict {
  const due = new Set(expected.map(placeOf));
  const places = seen.map(placeOf);
  const found = new Set(places);
  const isToldOf = ({ topic, partition, offset }: SeenEvent): boolean =>
    gaps.some(
      (gap) => gap.topic === topic && gap.partition === partition && gap.from <= offset && offset < gap.until,
    );
  const missing = expected.filter((event) => !found.has(placeOf(event)) && !isToldOf(event));
  return {
    lost: missing.map((event) => `${placeOf(event)} on the stream`),
    doubled: repeated(places).map((place) => `${place} on the stream`),
    reordered: outOfOrder(seen).map((place) => `${place} on the stream`),
    divergent: [...found].filter((place) => !due.has(place)).map((place) => `${place} on the stream only`),
  };
}

/** No table differs from the fold of the events. */
export function judgeViews(tables: readonly TableReport[]): Verdict {
  const divergent = tables
    .filter(({ differences }) => differences > 0)
    .map(({ table, differences, shown }) => {
      const rows = shown.map(({ key, kind, columns }) => [kind, key, ...columns].join(' '));
      return `view ${table}: ${differences} rows differ from the fold: ${rows.join('; ')}`;
    });
  return { ...CLEAN, divergent };
}

export interface Reach {
  readonly topic: string;
  readonly partition: number;
  /** Offset after the last record. */
  readonly next: number;
}

/** The views stand at the end of every partition: all was read, and nothing that is not there. */
export function judgePositions(positions: readonly Reach[], ends: readonly Reach[]): Verdict {
  const known = new Map(positions.map((position) => [partitionOf(position), position.next]));
  const behind = ends.filter((end) => (known.get(partitionOf(end)) ?? 0) < end.next);
  const ahead = ends.filter((end) => (known.get(partitionOf(end)) ?? 0) > end.next);
  const line = (end: Reach): string =>
    `the views stand at ${known.get(partitionOf(end)) ?? 'no position'} of ${partitionOf(end)}, which ends at ${end.next}`;
  return { ...CLEAN, lost: behind.map(line), divergent: ahead.map(line) };
}

function outOfOrder(seen: readonly SeenEvent[]): readonly string[] {
  const last = new Map<string, number>();
  return seen.flatMap((event) => {
    const before = last.get(partitionOf(event)) ?? -1;
    last.set(partitionOf(event), event.offset);
    return event.offset < before ? [placeOf(event)] : [];
  });
}

function repeated(values: readonly string[]): readonly string[] {
  return [...Map.groupBy(values, (value) => value)]
    .filter(([, all]) => all.length > 1)
    .map(([value]) => value);
}

function ids(messages: readonly MessageOnLog[] | undefined): readonly string[] {
  return (messages ?? []).map(({ messageId }) => messageId);
}

function nameOf({ type, conversationId }: MessageOnLog): string {
  return `${type}/${conversationId}`;
}

function partitionOf({ topic, partition }: { readonly topic: string; readonly partition: number }): string {
  return `${topic}/${partition}`;
}

function placeOf(event: SeenEvent): string {
  return `${partitionOf(event)}/${event.offset}`;
}
