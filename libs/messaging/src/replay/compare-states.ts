import { kindOf } from '../runtime/state-key.js';
import { fieldDifferences } from './field-differences.js';
import type { States } from './recorded-states.js';
import type { ReplayTally } from './replay-tally.js';
import { customerIn } from './step-replayer.js';

export interface StateComparison {
  readonly partition: number;
  readonly recorded: States;
  readonly replayed: States;
  /** Only this customer's. */
  readonly customerId: string | undefined;
  readonly tally: ReplayTally;
}

/** Holds what the stores and timers are at the end against the changelog. Pending effects are compared as such. */
export function compareStates({ partition, recorded, replayed, customerId, tally }: StateComparison): void {
  for (const key of new Set([...recorded.keys(), ...replayed.keys()])) {
    if (kindOf(key) === 'effect' || (customerId !== undefined && customerIn(key) !== customerId)) continue;
    const [then, now] = [recorded.get(key), replayed.get(key)];
    const name = key.split('/')[2] ?? '';
    const subject = { of: 'states' as const, id: key, name, customerId: customerIn(key), partition };
    if (now === undefined) tally.missing(subject);
    else if (then === undefined) tally.extra(subject);
    else if (then === now) tally.compared(subject, []);
    else tally.compared(subject, differing(key, then, now));
  }
}

function differing(key: string, then: string, now: string) {
  const fields = fieldDifferences(JSON.parse(then), JSON.parse(now));
  // The deadline of an ask counts from the clock of the moment in which it was made.
  return isDeadline(key) ? fields.filter(({ path }) => path !== 'dueAt') : fields;
}

/** Under a name that no agent's timer has. */
function isDeadline(key: string): boolean {
  return kindOf(key) === 'timer' && key.split('/')[2] === '$ask';
}
