/** When a peer's measured outputs were appended, by the brokers' clock. */
export interface ThroughputWindow {
  /** Milliseconds since 1970 UTC: the first measured output's append, after the warm-up. */
  readonly from: number;
  /** The last measured output's append. */
  readonly to: number;
  /** Outputs after `from`, up to and with `to`. */
  readonly messages: number;
  /** Messages a second between the two. */
  readonly rate: number;
}

/**
 * The throughput between the end of the warm-up and the last output. Brokers date whole batches alike, so the first
 * measured batch only starts the clock, and what counts is what came after it.
 *
 * @param appended times of all outputs in milliseconds since 1970 UTC, in any order
 * @param warmUp outputs that do not count
 * @param measured outputs that do
 * @throws RangeError when there are fewer outputs, or all came at once
 */
export function throughputWindow(
  appended: readonly number[],
  warmUp: number,
  measured: number,
): ThroughputWindow {
  const times = [...appended].sort((a, b) => a - b);
  const from = times[warmUp];
  const to = times[warmUp + measured - 1];
  if (from === undefined || to === undefined) {
    throw new RangeError(`${times.length} outputs are fewer than ${warmUp} and ${measured}.`);
  }
  if (to === from) throw new RangeError('All outputs were appended at once: too few to measure.');
  const messages = times.filter((time) => time > from && time <= to).length;
  return { from, to, messages, rate: (messages / (to - from)) * 1000 };
}
