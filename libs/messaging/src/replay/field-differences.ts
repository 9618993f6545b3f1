/** One field in which two values differ. `recorded` or `now` is undefined where the field is not there. */
export interface FieldDifference {
  /** Such as `payload.amount.currency` or `payload.reasons[0]`. */
  readonly path: string;
  readonly recorded?: unknown;
  readonly now?: unknown;
}

const MOST = 50;

/** Where two JSON values differ, innermost fields first named; at most 50. Order of an object's fields is no difference. */
export function fieldDifferences(recorded: unknown, now: unknown): readonly FieldDifference[] {
  const found: FieldDifference[] = [];
  compare(recorded, now, '', found);
  return found;
}

function compare(recorded: unknown, now: unknown, path: string, found: FieldDifference[]): void {
  if (Object.is(recorded, now) || found.length >= MOST) return;
  if (!isObject(recorded) || !isObject(now) || Array.isArray(recorded) !== Array.isArray(now)) {
    found.push({ path, recorded, now });
    return;
  }
  for (const name of new Set([...Object.keys(recorded), ...Object.keys(now)])) {
    compare(recorded[name], now[name], pathOf(path, name, Array.isArray(recorded)), found);
  }
}

function pathOf(path: string, name: string, isIndex: boolean): string {
  if (isIndex) return `${path}[${name}]`;
  return path === '' ? name : `${path}.${name}`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
