import { TerminalError } from '../agent/handler-error.js';
import type { Store, StoreDefinition } from '../agent/store.js';
import { stateKey } from './state-key.js';
import type { StateOverlay } from './state-overlay.js';

interface StoredValue {
  /** Version of the value; absent = 1. */
  readonly v?: number;
  readonly d: unknown;
}

/** A store of one customer on an overlay. Values are kept as JSON text: nobody holds a live reference. */
export class StoreView<T> implements Store<T> {
  private readonly prefix: string;

  constructor(
    private readonly overlay: StateOverlay,
    private readonly definition: StoreDefinition<T>,
    customerId: string,
    private readonly maxValueBytes: number,
  ) {
    this.prefix = stateKey('store', customerId, `${definition.name}/`);
  }

  get(id: string): T | undefined {
    const text = this.overlay.get(this.prefix + id);
    return text === undefined ? undefined : this.decode(text);
  }

  put(id: string, value: T): void {
    const stored: StoredValue =
      this.definition.version === 1 ? { d: value } : { v: this.definition.version, d: value };
    const text = JSON.stringify(stored);
    const bytes = Buffer.byteLength(text);
    if (bytes > this.maxValueBytes) {
      throw new TerminalError(
        'STATE_TOO_LARGE',
        `${this.definition.name}/${id} would take ${bytes} bytes; at most ${this.maxValueBytes} are kept under one id.`,
      );
    }
    this.overlay.set(this.prefix + id, text);
  }

  delete(id: string): void {
    this.overlay.set(this.prefix + id, null);
  }

  list(idPrefix = ''): readonly { readonly id: string; readonly value: T }[] {
    return [...this.overlay.entries(this.prefix + idPrefix)]
      .map(([key, text]) => ({ id: key.slice(this.prefix.length), value: this.decode(text) }))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  private decode(text: string): T {
    const stored = JSON.parse(text) as StoredValue;
    let version = stored.v ?? 1;
    let value = stored.d;
    for (; version < this.definition.version; version++) {
      if (!this.definition.upcast) {
        throw new TerminalError(
          'STATE_VERSION',
          `${this.definition.name} holds version ${version}, and no upcast leads to ${this.definition.version}.`,
        );
      }
      value = this.definition.upcast(value, version);
    }
    return value as T;
  }
}
