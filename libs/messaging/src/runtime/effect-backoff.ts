import { hash } from 'node:crypto';
import type { EffectDefinition } from '../agent/index.js';

/** Doubling further would leave the range of whole numbers; any bound is reached long before. */
const MOST_DOUBLINGS = 30;

/**
 * The wait after a failed attempt, milliseconds: doubles with the attempts up to its bound, less a share of up
 * to one half. The share follows from the key and the attempt: effects that failed together do not come back
 * together, and a second run waits as the first did.
 *
 * @param attempt the one that failed, from 1
 */
export function effectBackoff(
  { backoffMs, maxBackoffMs }: Pick<EffectDefinition, 'backoffMs' | 'maxBackoffMs'>,
  idempotencyKey: string,
  attempt: number,
): number {
  const whole = Math.min(maxBackoffMs, backoffMs * 2 ** Math.min(attempt - 1, MOST_DOUBLINGS));
  return Math.round(whole * (1 - shareOf(`${idempotencyKey}/${attempt}`) / 2));
}

/** From 0 up to 1, evenly spread over texts. */
function shareOf(text: string): number {
  return Number.parseInt(hash('sha256', text).slice(0, 8), 16) / 2 ** 32;
}
