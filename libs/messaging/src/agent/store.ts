/**
 * A named collection of values of one type under a customer. Values are JSON; what `get` returns is a copy.
 * `version` and `upcast` let stored values of older versions be read on.
 */
export interface StoreDefinition<T> {
  readonly name: string;
  readonly version: number;
  /** Turns a value of version `from` into one of version `from + 1`. */
  readonly upcast?: (value: unknown, from: number) => unknown;
  /** Names of the value's own fields that hold personal data. */
  readonly personal?: readonly string[];
  /** Never set: carries the value's type. */
  readonly value?: T;
}

/** A store as a handler sees it: the customer of the message only, with this message's own changes. */
export interface Store<T> {
  get(id: string): T | undefined;
  put(id: string, value: T): void;
  delete(id: string): void;
  /** Values whose id begins with `prefix`, in order of id. */
  list(prefix?: string): readonly { readonly id: string; readonly value: T }[];
}

export function defineStore<T>(
  name: string,
  options: Partial<Pick<StoreDefinition<T>, 'version' | 'upcast' | 'personal'>> = {},
): StoreDefinition<T> {
  if (!/^[a-z][a-z0-9-]*$/.test(name)) {
    throw new TypeError(`A store's name is lower-case letters, digits and dashes, not "${name}".`);
  }
  return Object.freeze({ name, version: 1, ...options });
}
