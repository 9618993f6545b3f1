import { hash } from 'node:crypto';
import { SEALED_PREFIX } from '@aika/contracts';

/**
 * What a sealed value reads as once its key is gone. `text`: a mark. `other`: a missing field, because a mark would break
 * the rules of the field. `bytes`: the whole value of a record, a mark.
 */
export type SealedKind = 'text' | 'other' | 'bytes';

/** A sealed value, taken apart. */
export interface SealedValue {
  readonly kind: SealedKind;
  /** Whose key it is. */
  readonly customerId: string;
  /** Nonce, tag and ciphertext. */
  readonly box: Buffer;
}

const LETTERS = { text: 't', other: 'o', bytes: 'b' } as const;
const KINDS: Readonly<Record<string, SealedKind>> = { t: 'text', o: 'other', b: 'bytes' };
const FORM = /^aika-sealed\.1\.([tob])\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)$/;
const WITHIN = /aika-sealed\.1\.[tob]\.([A-Za-z0-9_-]+)\./g;
const ERASED = /^\[erased(:[0-9a-f]{8})?\]$/;

/** Stands where plain text of somebody erased came in. */
export const ERASED_TEXT = '[erased]';

export function isSealed(value: unknown): value is string {
  return typeof value === 'string' && value.startsWith(SEALED_PREFIX);
}

export function formatSealed({ kind, customerId, box }: SealedValue): string {
  const owner = Buffer.from(customerId).toString('base64url');
  return `${SEALED_PREFIX}${LETTERS[kind]}.${owner}.${box.toString('base64url')}`;
}

/** Undefined for a text that only begins like one. */
export function parseSealed(text: string): SealedValue | undefined {
  const [, letter = '', owner = '', box = ''] = FORM.exec(text) ?? [];
  const kind = KINDS[letter];
  if (kind === undefined) return undefined;
  return { kind, customerId: decoded(owner), box: Buffer.from(box, 'base64url') };
}

/** Customers whose sealed values stand anywhere in a text. */
export function ownersIn(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(WITHIN)].map(([, owner = '']) => decoded(owner)));
}

/**
 * What an erased value reads as. The digits follow from the ciphertext: values that were equal read as equal, and those
 * that were not do not.
 */
export function erasedMark({ box }: SealedValue): string {
  return `[erased:${hash('sha256', box).slice(0, 8)}]`;
}

export function isErasedMark(value: unknown): boolean {
  return typeof value === 'string' && ERASED.test(value);
}

function decoded(owner: string): string {
  return Buffer.from(owner, 'base64url').toString();
}
