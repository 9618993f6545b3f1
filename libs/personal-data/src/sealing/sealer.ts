import type { JsonSchema } from '@aika/contracts';
import type { CustomerKey } from '../keys/customer-keys.js';
import {
  ERASED_TEXT,
  erasedMark,
  isErasedMark,
  isSealed,
  parseSealed,
  type SealedKind,
} from './sealed-value.js';

/** Longest mark of an erased value, in characters. */
export const MARK_LENGTH = '[erased:00000000]'.length;

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Whether a mark keeps to the rules of the field: free text, and room for it. */
export function takesMark({
  type,
  format,
  pattern,
  maxLength,
  minLength,
  enum: values,
}: JsonSchema): boolean {
  const isFree = type === 'string' && format === undefined && pattern === undefined && values === undefined;
  return (
    isFree && Number(maxLength ?? MARK_LENGTH) >= MARK_LENGTH && Number(minLength ?? 0) <= ERASED_TEXT.length
  );
}

/** What a value of a message reads as once it is erased, by its field; undefined = no contract knows the field. */
export function kindOfField(value: unknown, field: JsonSchema | undefined): SealedKind {
  return typeof value === 'string' && field !== undefined && takesMark(field) ? 'text' : 'other';
}

/** The same of a value in state, which has no contract. Days are told by their form: a day is none once it is a mark. */
export function kindOfValue(value: unknown): SealedKind {
  return typeof value === 'string' && !DAY.test(value) ? 'text' : 'other';
}

/** Seals and opens the JSON values of one customer. What there is nothing to do with comes back as it is. */
export class ValueSealer {
  constructor(
    readonly customerId: string,
    private readonly key: CustomerKey,
  ) {}

  get isErased(): boolean {
    return this.key.status === 'erased';
  }

  /** @returns the sealed text; of somebody erased a mark, or undefined for what is left out */
  seal(value: unknown, kind: SealedKind): unknown {
    // A mark stays one, also in a process that still holds the key: one that does not would read another mark.
    if (value === undefined || value === null || isErasedMark(value)) return value;
    if (this.key.status === 'erased') {
      if (isSealed(value)) return value;
      return kind === 'text' ? ERASED_TEXT : undefined;
    }
    const isDone = isSealed(value) && this.open(value) !== value;
    return isDone ? value : this.key.cipher.seal(JSON.stringify(value), kind);
  }

  /** @returns the value; of somebody erased a mark, or undefined for what is left out */
  open(text: string): unknown {
    const sealed = parseSealed(text);
    if (sealed?.customerId !== this.customerId || sealed.kind === 'bytes') return text;
    if (this.key.status === 'erased') return sealed.kind === 'text' ? erasedMark(sealed) : undefined;
    const plain = this.key.cipher.open(sealed);
    return plain === undefined ? text : (JSON.parse(plain.toString()) as unknown);
  }

  /** Every sealed value within a JSON value. */
  openAll(value: unknown): unknown {
    if (typeof value === 'string') return isSealed(value) ? this.open(value) : value;
    // A place in a list stays: the others must not move.
    if (Array.isArray(value)) return value.map((entry: unknown) => this.openAll(entry) ?? null);
    if (typeof value !== 'object' || value === null) return value;
    const fields = Object.entries(value).map(([name, field]) => [name, this.openAll(field)] as const);
    return Object.fromEntries(fields.filter(([, field]) => field !== undefined));
  }

  /** The bytes of a whole record. */
  sealBytes(bytes: Buffer): string {
    return this.key.status === 'erased' ? ERASED_TEXT : this.key.cipher.seal(bytes, 'bytes');
  }

  openBytes(text: string): Buffer | undefined {
    const sealed = parseSealed(text);
    if (sealed?.customerId !== this.customerId || sealed.kind !== 'bytes') return undefined;
    return this.key.status === 'erased' ? Buffer.from(erasedMark(sealed)) : this.key.cipher.open(sealed);
  }
}
