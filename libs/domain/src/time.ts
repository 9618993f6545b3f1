const DAY_MS = 86_400_000;

/** A text that is no time reached a rule; contracts refuse such messages at the edge. */
export class InvalidTimeError extends Error {
  override readonly name = 'InvalidTimeError';
  readonly code = 'INVALID_TIME';
  readonly retriable = false;

  constructor(readonly text: string) {
    super(`not an RFC 3339 time: ${text}`);
  }
}

/** Milliseconds since 1970-01-01T00:00:00Z. @throws InvalidTimeError */
export function epochMillis(iso: string): number {
  const millis = Date.parse(iso);
  if (Number.isNaN(millis)) throw new InvalidTimeError(iso);
  return millis;
}

/** RFC 3339 with `Z`, without fractions when there are none. */
export function isoFromMillis(millis: number): string {
  return new Date(millis).toISOString().replace('.000Z', 'Z');
}

/** The UTC calendar day, `YYYY-MM-DD`. */
export function utcDate(iso: string): string {
  return isoFromMillis(epochMillis(iso)).slice(0, 10);
}

/**
 * UTC calendar days from the day of `from` to the day of `to`; negative when `to` is earlier.
 * The hour does not count, so a year's term always has 365 or 366 days and parts of it add up.
 */
export function daysBetween(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from);
}

/** The same hour some days later (earlier for a negative number). */
export function addDays(iso: string, days: number): string {
  return isoFromMillis(epochMillis(iso) + days * DAY_MS);
}

/** The same hour and date in another year; 29 February becomes the 28th where there is no 29th. */
export function addYears(iso: string, years: number): string {
  const date = new Date(epochMillis(iso));
  const month = date.getUTCMonth();
  date.setUTCFullYear(date.getUTCFullYear() + years);
  if (date.getUTCMonth() !== month) date.setUTCDate(0);
  return isoFromMillis(date.getTime());
}

/** Whether `a` is strictly earlier than `b`. */
export function isBefore(a: string, b: string): boolean {
  return epochMillis(a) < epochMillis(b);
}

/** Whether `a` is strictly later than `b`. */
export function isAfter(a: string, b: string): boolean {
  return epochMillis(a) > epochMillis(b);
}

/** The later of two times. */
export function latest(a: string, b: string): string {
  return isBefore(a, b) ? b : a;
}

/** The earlier of two times. */
export function earliest(a: string, b: string): string {
  return isAfter(a, b) ? b : a;
}

function dayNumber(iso: string): number {
  return Math.floor(epochMillis(iso) / DAY_MS);
}
