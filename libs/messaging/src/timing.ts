/**
 * Resolves after a time in milliseconds, or at once when the signal aborts. It takes the process's timer at each
 * call, which an import from `node:timers/promises` does not: a simulation puts virtual timers in its place.
 */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const done = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener('abort', done, { once: true });
  });
}

export interface Deadline {
  passed(): boolean;
  /** Milliseconds left, never negative. */
  left(): number;
}

/** Measured on the monotonic clock: a jump of the wall clock does not end it. */
export function deadlineAfter(ms: number): Deadline {
  const end = performance.now() + ms;
  return {
    passed: () => performance.now() >= end,
    left: () => Math.max(0, end - performance.now()),
  };
}
