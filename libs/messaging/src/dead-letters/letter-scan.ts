import type { Catalogue } from '@aika/contracts';
import type { LogRecord, MessageLog } from '../ports/index.js';
import type { DeadLetter, LetterSummary } from './letter.js';
import { fullLetter, readLetterRecord } from './letter-reader.js';

/** By how much the clock of an agent, which says when it gave up, may be ahead of the brokers', which date records. */
const CLOCKS_APART_MS = 3_600_000;

/** Letters that lie further apart than this on a partition are fetched each for itself. */
const LONGEST_SKIP = 500;

export interface ScanOptions {
  readonly log: MessageLog;
  readonly catalogue: Catalogue;
  /** Full name of the dead letters' topic. */
  readonly topic: string;
  /** RFC 3339: no letter that was given up before is wanted, so none is read. Default: all are. */
  readonly since?: string | undefined;
}

export interface ScanResult {
  /** The wanted letters with their present status, by id, in the order of the topic. */
  readonly letters: ReadonlyMap<string, LetterSummary>;
  /** Letters that a redriven letter came back as, by the id of the redriven one. */
  readonly returns: ReadonlyMap<string, readonly string[]>;
}

/**
 * Reads the topic to its present end and folds letters with what was done to them, which always stands behind them.
 * Keeps summaries of the wanted letters only; bodies pass by.
 */
export async function scanLetters(
  { log, catalogue, topic, since }: ScanOptions,
  wants: (letter: LetterSummary) => boolean,
): Promise<ScanResult> {
  const letters = new Map<string, LetterSummary>();
  const returns = new Map<string, string[]>();
  const take = (record: LogRecord): void => {
    const read = readLetterRecord(record, catalogue);
    if (read.kind === 'letter') {
      const { letter } = read;
      if (letter.redriveOf !== undefined)
        returns.set(letter.redriveOf, [...(returns.get(letter.redriveOf) ?? []), letter.id]);
      if (!letters.has(letter.id) && wants(letter)) letters.set(letter.id, letter);
      return;
    }
    // Stands on the partition of its letter, so it comes after it. The first one counts.
    const letter = letters.get(read.letterId);
    if (letter?.status !== 'open') return;
    const status = read.resolution.action === 'drop' ? 'dropped' : 'redriven';
    letters.set(letter.id, { ...letter, status, resolution: read.resolution });
  };
  const partitions = await log.partitionCount(topic);
  for (let partition = 0; partition < partitions; partition++) {
    const { start, end } = await log.offsets({ topic, partition });
    const from =
      since === undefined
        ? start
        : await log.offsetAt({ topic, partition }, Date.parse(since) - CLOCKS_APART_MS);
    if (from >= end) continue;
    for await (const records of log.read({ topic, partition }, { from, until: end })) records.forEach(take);
  }
  return { letters, returns };
}

/** The letters with their bodies, in the order given. One that is not kept any more is left out. */
export async function readLetters(
  { log, topic }: ScanOptions,
  summaries: readonly LetterSummary[],
): Promise<readonly DeadLetter[]> {
  const wanted = new Map(
    summaries.map((letter) => [`${letter.position.partition}/${letter.position.offset}`, letter]),
  );
  const found = new Map<string, DeadLetter>();
  for (const { partition, from, until } of rangesOf(summaries)) {
    for await (const records of log.read({ topic, partition }, { from, until })) {
      for (const record of records) {
        const summary = wanted.get(`${partition}/${record.offset}`);
        if (summary) found.set(summary.id, fullLetter(summary, record));
      }
    }
  }
  return summaries.flatMap(({ id }) => found.get(id) ?? []);
}

interface Range {
  readonly partition: number;
  readonly from: number;
  /** Exclusive. */
  readonly until: number;
}

function rangesOf(summaries: readonly LetterSummary[]): readonly Range[] {
  const positions = summaries
    .map(({ position }) => position)
    .sort((a, b) => a.partition - b.partition || a.offset - b.offset);
  const ranges: Range[] = [];
  for (const { partition, offset } of positions) {
    const last = ranges.at(-1);
    if (last?.partition === partition && offset - last.until < LONGEST_SKIP)
      ranges[ranges.length - 1] = { ...last, until: offset + 1 };
    else ranges.push({ partition, from: offset, until: offset + 1 });
  }
  return ranges;
}
