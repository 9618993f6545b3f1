import { setTimeout as delay } from 'node:timers/promises';
import type { BenchProcess } from './bench-process.js';

const POLL_MS = 25;

/**
 * Waits for a 2xx answer.
 * @param path of the process's address, which it has to tell first
 * @returns the address
 * @throws Error when the process ends, or the answer does not come in time
 */
export async function untilReady(process: BenchProcess, path: string, boundMs: number): Promise<string> {
  const deadline = Date.now() + boundMs;
  for (;;) {
    const { url } = process;
    if (url !== undefined && (await answers(`${url}${path}`))) return url;
    process.assertRunning();
    if (Date.now() > deadline) {
      throw new Error(`${process.name} was not ready after ${boundMs / 1000} s:\n${process.logTail()}`);
    }
    await delay(POLL_MS);
  }
}

/** False while nobody listens, the answer is late, or it is another. */
async function answers(url: string): Promise<boolean> {
  const response = await fetch(url, { signal: AbortSignal.timeout(2000) }).catch(() => undefined);
  return response?.ok ?? false;
}
