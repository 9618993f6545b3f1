/** What a request prefers (RFC 7240): only `wait` is honoured. */
export interface Preference {
  /** Milliseconds; undefined where the caller does not want to wait, or says it in a way that means nothing. */
  readonly waitMs: number | undefined;
  /** For `Preference-Applied`. */
  readonly applied: string | undefined;
}

const NONE: Preference = { waitMs: undefined, applied: undefined };

/** Reads `Prefer`; a wait above the bound is cut to it. What is not understood is ignored, as the RFC says. */
export function readPreference(header: string | undefined, maxWaitMs: number): Preference {
  const preferences = (header ?? '').split(',').map((each) => each.split(';')[0]?.trim().toLowerCase() ?? '');
  const wait = preferences.find((each) => /^wait\s*=\s*"?\d{1,6}"?$/.test(each));
  const seconds = Number(/\d+/.exec(wait ?? '')?.[0] ?? 0);
  if (seconds === 0 || maxWaitMs === 0) return NONE;
  const waitMs = Math.min(seconds * 1000, maxWaitMs);
  return { waitMs, applied: `wait=${Math.ceil(waitMs / 1000)}` };
}
