import { table } from '../platform/table.js';

/** What was measured in one run, or why nothing was. */
export type Measured = { readonly ms: number } | { readonly trouble: string };

export interface TakeoverOutcome {
  /** Keys in the state of the policy agents, over all partitions. */
  readonly keys: number;
  /** Keys that were asked for. */
  readonly keysWanted: number;
  /** Session timeout of the agents, milliseconds. */
  readonly sessionMs: number;
  /** From the kill of an instance until each of its partitions has answered again; one for each run. */
  readonly takeovers: readonly Measured[];
  /** From the kill of a broker until no group has any lag; one for each broker. */
  readonly brokerLosses: readonly Measured[];
  /** What makes the measurement itself doubtful, such as questions that were never answered. */
  readonly troubles: readonly string[];
}

/** Times in milliseconds; null where nothing was measured. Of two middle ones, `p50` is the longer. */
export interface Timing {
  readonly p50: number | null;
  readonly max: number | null;
  readonly boundMs: number;
}

const AFTER_SESSION_MS = 3_000;
const BROKER_LOSS_BOUND_MS = 30_000;

export function takeoverTiming({ takeovers, sessionMs }: TakeoverOutcome): Timing {
  return timingOf(takeovers, sessionMs + AFTER_SESSION_MS);
}

export function brokerLossTiming({ brokerLosses }: TakeoverOutcome): Timing {
  return timingOf(brokerLosses, BROKER_LOSS_BOUND_MS);
}

/** Both bounds hold in every run, with as much state as was asked for, and both were measured at all. */
export function isTakeoverOk(outcome: TakeoverOutcome): boolean {
  const { takeovers, brokerLosses, troubles, keys, keysWanted } = outcome;
  const isMeasured = [...takeovers, ...brokerLosses].every((one) => 'ms' in one);
  const holds = isWithin(takeoverTiming(outcome)) && isWithin(brokerLossTiming(outcome));
  return isMeasured && holds && troubles.length === 0 && keys >= keysWanted;
}

/** The outcome as one JSON object. */
export function takeoverSummary(outcome: TakeoverOutcome): object {
  const troubles = troublesOf(outcome);
  return {
    takeoverMs: takeoverTiming(outcome),
    brokerLossMs: brokerLossTiming(outcome),
    keys: outcome.keys,
    sessionMs: outcome.sessionMs,
    ...(troubles.length === 0 ? {} : { troubles }),
    ok: isTakeoverOk(outcome),
  };
}

/** For people. `usualSessionMs` is the session timeout that agents have without a setting. */
export function takeoverReport(outcome: TakeoverOutcome, usualSessionMs: number): string {
  const { takeovers, brokerLosses, keys, keysWanted, sessionMs } = outcome;
  const rows = [
    rowOf('agent killed, its partitions answer', takeovers, takeoverTiming(outcome)),
    rowOf('broker lost, no lag', brokerLosses, brokerLossTiming(outcome)),
  ];
  return [
    `Session timeout ${seconds(sessionMs)} (without a setting ${seconds(usualSessionMs)})`,
    `State of the policy agents: ${keys} keys of ${keysWanted} wanted`,
    '',
    table(['from', 'runs', 'median', 'worst', 'bound', 'ok'], rows),
    ...troublesOf(outcome).map((trouble) => `  trouble: ${trouble}`),
  ].join('\n');
}

function troublesOf({ takeovers, brokerLosses, troubles }: TakeoverOutcome): readonly string[] {
  const failed = [...takeovers, ...brokerLosses].flatMap((one) => ('trouble' in one ? [one.trouble] : []));
  return [...failed, ...troubles];
}

function rowOf(what: string, measured: readonly Measured[], timing: Timing): readonly string[] {
  const isOk = isWithin(timing) && measured.every((one) => 'ms' in one);
  return [
    what,
    String(measured.length),
    timing.p50 === null ? '-' : seconds(timing.p50),
    timing.max === null ? '-' : seconds(timing.max),
    seconds(timing.boundMs),
    isOk ? 'yes' : 'NO',
  ];
}

function timingOf(measured: readonly Measured[], boundMs: number): Timing {
  const sorted = measured.flatMap((one) => ('ms' in one ? [one.ms] : [])).sort((a, b) => a - b);
  return { p50: sorted[Math.floor(sorted.length / 2)] ?? null, max: sorted.at(-1) ?? null, boundMs };
}

function isWithin({ max, boundMs }: Timing): boolean {
  return max !== null && max <= boundMs;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
