import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { type AlgorithmName, fits, isAlgorithm } from './algorithms.js';

/** Where the keys are that may sign tokens. */
export interface KeySource {
  /**
   * The public key of this id; without an id the only one that fits the algorithm.
   *
   * @throws TokenError `KEYS_UNAVAILABLE`
   */
  find(kid: string | undefined, alg: AlgorithmName): Promise<KeyObject | undefined>;
}

interface KnownKey {
  readonly kid: string | undefined;
  /** A key that names its algorithm is for that one only. */
  readonly alg: AlgorithmName | undefined;
  readonly key: KeyObject;
}

/** A JSON Web Key Set (RFC 7517). Keys that are not for signatures, secret, or of a kind that is not taken are left out. */
export class KeySet implements KeySource {
  private constructor(private readonly keys: readonly KnownKey[]) {}

  /** @returns undefined when it is no key set */
  static of(value: unknown): KeySet | undefined {
    const { keys } = (value ?? {}) as { readonly keys?: unknown };
    return Array.isArray(keys) ? new KeySet(keys.flatMap(knownKey)) : undefined;
  }

  get size(): number {
    return this.keys.length;
  }

  find(kid: string | undefined, alg: AlgorithmName): Promise<KeyObject | undefined> {
    const fitting = this.keys.filter(
      (known) => (known.alg === undefined || known.alg === alg) && fits(alg, known.key),
    );
    const [first, ...others] = kid === undefined ? fitting : fitting.filter((known) => known.kid === kid);
    return Promise.resolve(others.length > 0 ? undefined : first?.key);
  }
}

function knownKey(value: unknown): KnownKey[] {
  const jwk = (value ?? {}) as JsonWebKey & { readonly kid?: string; readonly use?: string };
  if (jwk.kty === 'oct' || (jwk.use !== undefined && jwk.use !== 'sig')) return [];
  if (jwk.alg !== undefined && !isAlgorithm(jwk.alg)) return [];
  const { kid } = jwk;
  const alg = isAlgorithm(jwk.alg) ? jwk.alg : undefined;
  try {
    return [
      {
        kid: typeof kid === 'string' ? kid : undefined,
        alg,
        key: createPublicKey({ key: jwk, format: 'jwk' }),
      },
    ];
  } catch {
    // One key of a kind that Node does not know must not take the others of the set with it.
    return [];
  }
}
