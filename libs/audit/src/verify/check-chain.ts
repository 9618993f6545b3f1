import type { TrustedKeys } from '../keys/trusted-keys.js';
import { entriesOf } from '../seal/sealed-entries.js';
import { NO_SEAL, readSeal, type Seal, sealBytes, sealHash } from '../seal/seal.js';
import type { StoredSeal } from '../stores/seal-store.port.js';
import type { Finding, SealFindingKind } from './finding.js';

export interface CheckedSeal {
  readonly seal: Seal;
  readonly hash: string;
  /** Signed with a trusted key, and consistent in itself. */
  readonly isValid: boolean;
}

export interface CheckedChain {
  /** By sequence: the first one that was found under it. */
  readonly seals: ReadonlyMap<number, CheckedSeal>;
  readonly findings: readonly Finding[];
}

export interface ChainOptions {
  readonly topic: string;
  readonly partition: number;
  readonly place: 'seals' | 'second-place';
  readonly keys: TrustedKeys;
}

/** Checks each seal of one place by itself and against the one before it. */
export function checkChain(stored: readonly StoredSeal[], options: ChainOptions): CheckedChain {
  const check = new ChainCheck(options);
  for (const copy of stored) check.take(copy);
  return check;
}

class ChainCheck implements CheckedChain {
  readonly seals = new Map<number, CheckedSeal>();
  readonly findings: Finding[] = [];
  private last: CheckedSeal | undefined;

  constructor(private readonly options: ChainOptions) {}

  take({ position, text }: StoredSeal): void {
    const seal = readSeal(text);
    if (!seal || seal.topic !== this.options.topic || seal.partition !== this.options.partition) {
      this.found('SEAL_UNREADABLE', undefined, `${position} is no seal of this partition`);
      return;
    }
    const hash = sealHash(seal);
    const earlier = this.seals.get(seal.sequence);
    if (earlier) {
      // The same seal twice says the same: a copy that was made again after a crash.
      if (earlier.hash !== hash) {
        this.found('SEAL_REPLACED', seal, `${position} is another seal than the one before under its number`);
      }
      return;
    }
    const checked = { seal, hash, isValid: this.isOwn(seal, position) };
    this.assertFollows(seal, position);
    this.seals.set(seal.sequence, checked);
    this.last = checked;
  }

  private isOwn(seal: Seal, position: string): boolean {
    const verdict = this.options.keys.verify(seal.keyId, sealBytes(seal), seal.signature);
    if (verdict === undefined) {
      this.found(
        'SEAL_KEY_UNKNOWN',
        seal,
        `${position} is signed with key ${seal.keyId}, which is not trusted`,
      );
    } else if (!verdict) {
      this.found('SEAL_SIGNATURE_INVALID', seal, `${position} says something else than was signed`);
    } else if (!entriesOf(seal)) {
      this.found('SEAL_UNREADABLE', seal, `${position} contradicts itself`);
      return false;
    }
    return verdict === true;
  }

  private assertFollows(seal: Seal, position: string): void {
    const before = this.last?.seal;
    const expected = before ? before.sequence + 1 : 0;
    if (seal.sequence !== expected) {
      const count = Math.abs(seal.sequence - expected);
      this.found('SEAL_MISSING', { sequence: expected }, `before ${position} (seal ${seal.sequence})`, count);
      return;
    }
    const previous = this.last?.hash ?? NO_SEAL;
    if (seal.previous !== previous) {
      this.found('SEAL_CHAIN_BROKEN', seal, `${position} names another seal as the one before it`);
    } else if (before && seal.from !== before.to) {
      this.found(
        'SEAL_CHAIN_BROKEN',
        seal,
        `${position} begins at ${seal.from}, the one before it ends at ${before.to}`,
      );
    }
  }

  private found(
    kind: SealFindingKind,
    seal: (Pick<Seal, 'sequence'> & Partial<Seal>) | undefined,
    detail: string,
    count?: number,
  ): void {
    const { place, partition } = this.options;
    const range = seal?.from === undefined ? {} : { offset: seal.from, until: seal.to };
    this.findings.push({
      ...{ kind, place, partition, detail },
      ...(seal === undefined ? {} : { sequence: seal.sequence }),
      ...range,
      ...(count === undefined ? {} : { count }),
    });
  }
}
