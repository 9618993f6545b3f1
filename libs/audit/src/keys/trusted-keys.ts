import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { AuditError } from '../audit-error.js';

/** Public keys whose seals count. */
export interface TrustedKeys {
  readonly ids: readonly string[];
  /** Undefined for a key that is not trusted. */
  verify(keyId: string, bytes: Buffer, signature: string): boolean | undefined;
}

const BLOCK = /-----BEGIN PUBLIC KEY-----[^-]+-----END PUBLIC KEY-----/g;

/** The first 16 hexadecimal digits of the SHA-256 of the public key (SPKI, DER). */
export function keyIdOf(publicKey: KeyObject): string {
  const der = publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(der).digest('hex').slice(0, 16);
}

/** @param pem one or more public keys, one after the other. @throws AuditError `KEY_INVALID` */
export function trustedKeys(pem: string): TrustedKeys {
  const blocks = pem.match(BLOCK) ?? [];
  if (blocks.length === 0) throw new AuditError('KEY_INVALID', 'There is no public key (PEM) in it.');
  const keys = new Map(
    blocks.map((block) => {
      const key = publicKeyOf(block);
      return [keyIdOf(key), key] as const;
    }),
  );
  return {
    ids: [...keys.keys()],
    verify: (keyId, bytes, signature) => {
      const key = keys.get(keyId);
      return key && verify(null, bytes, key, Buffer.from(signature, 'base64'));
    },
  };
}

function publicKeyOf(pem: string): KeyObject {
  try {
    const key = createPublicKey(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch (cause) {
    throw new AuditError('KEY_INVALID', 'A public key cannot be read.', { cause });
  }
  throw new AuditError('KEY_INVALID', 'Public keys of seals are Ed25519.');
}
