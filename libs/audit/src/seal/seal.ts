import { createHash } from 'node:crypto';

/** Hash of the seal before the first one. */
export const NO_SEAL = '0'.repeat(64);

/** What a seal says about the records of one partition from offset `from` (inclusive) to `to` (exclusive). */
export interface SealBody {
  readonly format: 1;
  /** Full name of the sealed topic. */
  readonly topic: string;
  readonly partition: number;
  /** From 0, without gaps. */
  readonly sequence: number;
  /** Hash of the seal before it, hexadecimal; 64 zeros for the first. */
  readonly previous: string;
  readonly from: number;
  readonly to: number;
  /** Records in the range. */
  readonly count: number;
  /** Which offsets carry them: runs of [first offset, number of offsets]. */
  readonly offsets: readonly (readonly [number, number])[];
  /** The first 16 bytes of each record's content digest, one after the other, base64. */
  readonly leaves: string;
  /** SHA-256 over offsets and whole content digests, hexadecimal. */
  readonly root: string;
  /** Least and greatest time of its records, milliseconds since 1970 UTC. */
  readonly firstTime: number;
  readonly lastTime: number;
  /** How long the operator keeps records, milliseconds; null = for ever. */
  readonly retentionMs: number | null;
  /** RFC 3339 UTC, by the sealer's clock. */
  readonly sealedAt: string;
  /** Instance that made it. */
  readonly sealer: string;
  readonly keyId: string;
}

export interface Seal extends SealBody {
  /** Ed25519 over `sealBytes`, base64. */
  readonly signature: string;
}

const FIELDS = [
  ...(['format', 'topic', 'partition', 'sequence', 'previous', 'from', 'to', 'count', 'offsets'] as const),
  ...(['leaves', 'root', 'firstTime', 'lastTime', 'retentionMs', 'sealedAt', 'sealer', 'keyId'] as const),
] as const satisfies readonly (keyof SealBody)[];

/** What is hashed and signed: every field, in one order. */
export function sealBytes(seal: SealBody): Buffer {
  const fields = FIELDS.map((field) => [field, seal[field]]);
  return Buffer.from(`aika-audit-seal-v1\n${JSON.stringify(Object.fromEntries(fields))}`);
}

/** Names the seal in the chain; hexadecimal. The signature is no part of it. */
export function sealHash(seal: SealBody): string {
  return createHash('sha256').update(sealBytes(seal)).digest('hex');
}

export function writeSeal(seal: Seal): string {
  return JSON.stringify(seal);
}

/** Undefined for what is no seal: other fields than a seal's would stand under no signature. */
export function readSeal(text: string | Buffer | null): Seal | undefined {
  if (text === null) return undefined;
  try {
    const value = JSON.parse(text.toString()) as unknown;
    return isSeal(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const TEXTS = ['topic', 'previous', 'leaves', 'root', 'sealedAt', 'sealer', 'keyId', 'signature'] as const;
const NUMBERS = ['partition', 'sequence', 'from', 'to', 'count'] as const;

function isSeal(value: unknown): value is Seal {
  if (typeof value !== 'object' || value === null) return false;
  const seal = value as Record<string, unknown>;
  const { retentionMs } = seal;
  return (
    seal['format'] === 1 &&
    Object.keys(seal).length === FIELDS.length + 1 &&
    TEXTS.every((field) => typeof seal[field] === 'string') &&
    NUMBERS.every((field) => isCount(seal[field])) &&
    Number.isSafeInteger(seal['firstTime']) &&
    Number.isSafeInteger(seal['lastTime']) &&
    (retentionMs === null || isCount(retentionMs)) &&
    Array.isArray(seal['offsets']) &&
    seal['offsets'].every((run: unknown) => Array.isArray(run) && run.length === 2 && run.every(isCount))
  );
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
