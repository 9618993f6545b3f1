/**
 * Keys of the changelog: `<kind>/<customer>/<rest>`. The first two parts form a group that is kept
 * together, so that a customer's entries are found without a scan of the others'.
 */
export type StateKind = 'store' | 'timer' | 'effect' | 'seen' | 'parked';

const PREFIX: Readonly<Record<StateKind, string>> = {
  store: 's',
  timer: 't',
  effect: 'e',
  seen: 'm',
  parked: 'p',
};
const KIND: Readonly<Record<string, StateKind>> = {
  s: 'store',
  t: 'timer',
  e: 'effect',
  m: 'seen',
  p: 'parked',
};

/** Key of the empty records that a new owner appends, to know how far it has to read. */
export const CHANGELOG_MARK = 'b/-/-';

export function stateKey(kind: StateKind, customerId: string, rest: string): string {
  return `${PREFIX[kind]}/${encodeURIComponent(customerId)}/${rest}`;
}

export function kindOf(key: string): StateKind | undefined {
  return KIND[key.slice(0, key.indexOf('/'))];
}

/** Whose entry it is; `-` where it is nobody's. */
export function customerOf(key: string): string {
  return decodeURIComponent(key.slice(key.indexOf('/') + 1, groupOf(key).length));
}

/** `<kind>/<customer>`. */
export function groupOf(key: string): string {
  return key.slice(0, key.indexOf('/', key.indexOf('/') + 1));
}

/** The number in the key of an entry of what was handled; 0 in those of older versions, which had none. */
export function entryNumberOf(key: string): number {
  const number = Number(key.slice(key.lastIndexOf('/') + 1));
  return kindOf(key) === 'seen' && key.split('/').length === 3 && Number.isInteger(number) ? number : 0;
}
