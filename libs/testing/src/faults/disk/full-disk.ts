import { setTimeout as delay } from 'node:timers/promises';
import type { ClusterHandle } from '../../local-cluster/cluster-handle.js';
import { PlatformError } from '../../platform-error.js';
import { runCommand } from '../../run-command.js';

const LIMIT_TIMEOUT_MS = 10_000;
const HALT_TIMEOUT_MS = 60_000;
const LOOK_EVERY_MS = 50;

/** True where a broker's writes can be made to fail (Linux with util-linux). */
export async function canFillDisk(): Promise<boolean> {
  if (process.platform !== 'linux') return false;
  return (await runCommand('prlimit', ['--version'], { timeoutMs: LIMIT_TIMEOUT_MS })).code === 0;
}

/**
 * Makes every further write of one broker to its files fail, as a full disk does: the limit of a file's size
 * (RLIMIT_FSIZE) of the running process is set to 0, which needs neither root nor a disk of its own. The system
 * answers EFBIG instead of ENOSPC; Kafka treats both as the failure of the log directory and, as it has only
 * one, halts. Reads go on until then.
 * @throws PlatformError FAULT_NOT_POSSIBLE where the limit cannot be set
 */
export async function fillDisk(cluster: ClusterHandle, id: number): Promise<void> {
  const pid = pidOf(cluster, id);
  if (pid === null) throw new PlatformError('CLUSTER_NOT_RUNNING', `Broker ${id} is down.`);
  await forbidWriting(pid);
}

/** Waits until the broker has halted. @throws Error when it still runs after `timeoutMs` */
export async function haltedByFullDisk(
  cluster: ClusterHandle,
  id: number,
  timeoutMs = HALT_TIMEOUT_MS,
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (pidOf(cluster, id) !== null) {
    if (performance.now() > deadline) throw new Error(`broker ${id} still runs after ${timeoutMs} ms`);
    await delay(LOOK_EVERY_MS);
  }
}

/**
 * Gives the broker room again by starting it anew. One that still runs is killed first: it may have failed to
 * write already and be about to halt, and nobody can tell.
 */
export async function freeDisk(cluster: ClusterHandle, id: number): Promise<void> {
  if (pidOf(cluster, id) !== null) await cluster.killBroker(id);
  await cluster.startBroker(id);
}

/** The soft limit only, which the broker's own user may set. */
async function forbidWriting(pid: number): Promise<void> {
  const result = await runCommand('prlimit', ['--pid', String(pid), '--fsize=0:'], {
    timeoutMs: LIMIT_TIMEOUT_MS,
  });
  if (result.code === 0) return;
  throw new PlatformError('FAULT_NOT_POSSIBLE', `prlimit on process ${pid}: ${result.stderr.trim()}`);
}

function pidOf(cluster: ClusterHandle, id: number): number | null {
  return cluster.nodes.find((node) => node.id === id)?.pid ?? null;
}
