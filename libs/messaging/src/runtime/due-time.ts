import { isParkedKey } from './parked-key.js';
import { kindOf } from './state-key.js';

/** When an entry of state is due, milliseconds since 1970 UTC; undefined where it is no timer. */
export function dueAtOf(key: string, value: string | null): number | undefined {
  if (value === null || !hasDueTime(key)) return undefined;
  return (JSON.parse(value) as { readonly dueAt: number }).dueAt;
}

/** Timers, and parked keys: they are woken by one. */
export function hasDueTime(key: string): boolean {
  const kind = kindOf(key);
  return kind === 'timer' || (kind === 'parked' && isParkedKey(key));
}
