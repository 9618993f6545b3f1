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

/** Lets the event loop come round once. It takes the process's `setImmediate` at each call, as `pause` does its timer. */
export function breath(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/**
 * Turns of the event loop for works that run side by side: one of them goes on in each, so that a stretch of one is
 * the longest time for which timers and connections wait, however many works there are.
 */
export class Turns {
  private line: Promise<void> = Promise.resolve();

  /** Resolves when it is the caller's turn, at the earliest in the next turn of the event loop. */
  next(): Promise<void> {
    return (this.line = this.line.then(breath));
  }
}
