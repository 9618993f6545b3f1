import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { keyIdOf } from './trusted-keys.js';
import { AuditError } from '../audit-error.js';

/** What seals are signed with. */
export interface SigningKey {
  /** Of its public half: see `keyIdOf`. */
  readonly id: string;
  readonly publicKey: KeyObject;
  /** Ed25519. */
  sign(bytes: Buffer): Buffer;
}

/** @param pem an Ed25519 private key, PKCS #8. @throws AuditError `KEY_INVALID`; the key is not in the message */
export function signingKey(pem: string): SigningKey {
  const key = privateKeyOf(pem);
  if (key.asymmetricKeyType !== 'ed25519') {
    throw new AuditError('KEY_INVALID', `A seal's key is Ed25519, not ${key.asymmetricKeyType}.`);
  }
  const publicKey = createPublicKey(key);
  return { id: keyIdOf(publicKey), publicKey, sign: (bytes) => sign(null, bytes, key) };
}

function privateKeyOf(pem: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch {
    // Not the cause: it may repeat parts of the key.
    throw new AuditError('KEY_INVALID', "A seal's key is an Ed25519 private key in PEM (PKCS #8).");
  }
}

/** A new key pair, both halves in PEM. */
export function newKeyPair(): { readonly privateKey: string; readonly publicKey: string } {
  return generateKeyPairSync('ed25519', {
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
}
