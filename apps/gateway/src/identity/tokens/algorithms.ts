import { constants, type KeyObject, sign, verify } from 'node:crypto';

interface Algorithm {
  /** As Node names the kind of key. */
  readonly keyType: 'rsa' | 'ec' | 'ed25519';
  readonly curve?: string;
  readonly digest: string | null;
  readonly options: object;
}

const PSS = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
const RAW = { dsaEncoding: 'ieee-p1363' };

/**
 * Signatures that are taken (RFC 7518, RFC 8037): public keys only. `none` and HMAC are not among them, so a public
 * key can never be taken for a shared secret.
 */
const ALGORITHMS = {
  EdDSA: { keyType: 'ed25519', digest: null, options: {} },
  ES256: { keyType: 'ec', curve: 'prime256v1', digest: 'sha256', options: RAW },
  ES384: { keyType: 'ec', curve: 'secp384r1', digest: 'sha384', options: RAW },
  RS256: { keyType: 'rsa', digest: 'sha256', options: {} },
  PS256: { keyType: 'rsa', digest: 'sha256', options: PSS },
} as const satisfies Record<string, Algorithm>;

export type AlgorithmName = keyof typeof ALGORITHMS;

const SHORTEST_RSA_BITS = 2048;

export function isAlgorithm(name: unknown): name is AlgorithmName {
  return typeof name === 'string' && Object.hasOwn(ALGORITHMS, name);
}

/** Whether a key is of the kind that the algorithm takes, and long enough: the token's header alone decides nothing. */
export function fits(name: AlgorithmName, key: KeyObject): boolean {
  const { keyType, curve }: Algorithm = ALGORITHMS[name];
  if (key.asymmetricKeyType !== keyType) return false;
  const { namedCurve, modulusLength = 0 } = key.asymmetricKeyDetails ?? {};
  if (keyType === 'rsa') return modulusLength >= SHORTEST_RSA_BITS;
  return curve === undefined || namedCurve === curve;
}

export function isSignedBy(name: AlgorithmName, key: KeyObject, content: string, signature: Buffer): boolean {
  const { digest, options }: Algorithm = ALGORITHMS[name];
  return verify(digest, Buffer.from(content), { key, ...options }, signature);
}

export function signatureOf(name: AlgorithmName, key: KeyObject, content: string): Buffer {
  const { digest, options }: Algorithm = ALGORITHMS[name];
  return sign(digest, Buffer.from(content), { key, ...options });
}
