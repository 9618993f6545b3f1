import { setTimeout as delay } from 'node:timers/promises';
import { verifyTrail } from '@aika/audit';

const LOOK_EVERY_MS = 100;

/** @throws Error that says what did not come true in time: a test or a fault that met nothing proves nothing */
export async function until(what: string, withinMs: number, isSo: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`Not within ${withinMs / 1000} s: ${what}.`);
    await delay(LOOK_EVERY_MS);
  }
}

/** Whether every record of an audit trail is sealed, in both places. */
export async function isWhollySealed(
  trail: Omit<Parameters<typeof verifyTrail>[0], 'clock'>,
): Promise<boolean> {
  for await (const { unsealed, notCopied } of verifyTrail({ ...trail, clock: Date.now })) {
    if (unsealed + notCopied > 0) return false;
  }
  return true;
}
