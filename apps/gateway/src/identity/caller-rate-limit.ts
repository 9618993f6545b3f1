const WINDOW_MS = 1_000;
const MOST_CALLERS = 100_000;

export interface RateVerdict {
  readonly isWithin: boolean;
  readonly limit: number;
  readonly remaining: number;
}

/** Requests in the second, by whom they count for. Of this process alone: two gateways let twice as many through. */
export class CallerRateLimit {
  private readonly counts = new Map<string, number>();
  private window = -1;

  constructor(private readonly clock: () => number = Date.now) {}

  /** Counts one. */
  take(caller: string, limit: number): RateVerdict {
    const window = Math.floor(this.clock() / WINDOW_MS);
    if (window !== this.window || this.counts.size >= MOST_CALLERS) {
      this.window = window;
      this.counts.clear();
    }
    const count = (this.counts.get(caller) ?? 0) + 1;
    this.counts.set(caller, count);
    return { isWithin: count <= limit, limit, remaining: Math.max(0, limit - count) };
  }
}
