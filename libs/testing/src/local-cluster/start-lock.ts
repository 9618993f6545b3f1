import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { PlatformError } from '../platform-error.js';
import { identify, type ProcessIdentity } from './process-identity.js';

const WAIT_MS = 300_000;
const POLL_MS = 200;

/**
 * Runs `work` while no other process starts or stops a cluster in the same folder: two starts at once would
 * both find it free. The lock of a process that died counts as free.
 * @throws PlatformError CLUSTER_STARTING when another one holds it for five minutes; the signal's reason when that is
 * aborted
 */
export async function withStartLock<T>(
  file: string,
  work: () => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const deadline = Date.now() + WAIT_MS;
  signal?.throwIfAborted();
  while (!take(file)) {
    signal?.throwIfAborted();
    if (Date.now() > deadline) {
      throw new PlatformError('CLUSTER_STARTING', `Another process is starting this cluster (${file}).`);
    }
    await sleep(POLL_MS);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function take(file: string): boolean {
  try {
    writeFileSync(file, JSON.stringify(identify(process.pid)), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  if (!holderIsAlive(file)) rmSync(file, { force: true });
  return false;
}

function holderIsAlive(file: string): boolean {
  try {
    const holder = JSON.parse(readFileSync(file, 'utf8')) as ProcessIdentity;
    return identify(holder.pid)?.startTime === holder.startTime;
  } catch {
    // Gone in between, or its writer died before it had written: free either way.
    return false;
  }
}
