import { createHash, createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLocalJWKSet, type JSONWebKeySet, SignJWT } from 'jose';
import type { LoginRequest } from '@aika/contracts';
import type { KeySource } from './tokens/jwt.js';

/** Tokens of the key that a machine makes for itself. */
export const LOCAL_ISSUER = 'aika-local';
export const LOCAL_AUDIENCE = 'aika';

const PRIVATE_KEY = 'signing-key.pem';
const KEY_SET = 'jwks.json';

/** The public half, which the gateway reads. */
export function localKeySetFile(dir: string): string {
  return join(dir, KEY_SET);
}

/** The keys that tokens of this machine are checked against; undefined where there are none. */
export function readLocalKeys(dir: string): KeySource | undefined {
  try {
    const set = readKeySet(dir);
    return set.keys.length > 0 ? createLocalJWKSet(set) : undefined;
  } catch {
    // Not there, not readable, no key set: there are no keys, which is all that anybody has to know.
    return undefined;
  }
}

/**
 * Makes the key of this machine, unless there is one: its private half readable by its owner alone.
 *
 * @returns whether it was made now
 */
export function makeLocalKey(dir: string): boolean {
  if (existsSync(localKeySetFile(dir))) return false;
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  chmodSync(dir, 0o700);
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: idOf(publicKey), alg: 'EdDSA', use: 'sig' };
  // The public half comes last: where it is, the private one is whole.
  writeWhole(join(dir, PRIVATE_KEY), privateKey.export({ type: 'pkcs8', format: 'pem' }) as string, 0o600);
  writeWhole(localKeySetFile(dir), `${JSON.stringify({ keys: [jwk] }, null, 2)}\n`, 0o644);
  return true;
}

/** A token of this machine's key. @throws Error when there is no key */
export async function localToken(
  dir: string,
  login: LoginRequest,
  now: number = Date.now(),
): Promise<string> {
  const key = createPrivateKey(readFileSync(join(dir, PRIVATE_KEY)));
  const { kid = '' } = readKeySet(dir).keys[0] ?? {};
  const { subject, roles, customerId, authority, lifetimeSeconds } = login;
  const iat = Math.floor(now / 1000);
  const claims = {
    iss: LOCAL_ISSUER,
    aud: LOCAL_AUDIENCE,
    sub: subject,
    iat,
    exp: iat + lifetimeSeconds,
    roles,
    ...(customerId === undefined ? {} : { customer_id: customerId }),
    ...(authority === undefined ? {} : { authority }),
  };
  return new SignJWT(claims).setProtectedHeader({ alg: 'EdDSA', kid, typ: 'at+jwt' }).sign(key);
}

function readKeySet(dir: string): JSONWebKeySet {
  return JSON.parse(readFileSync(localKeySetFile(dir), 'utf8')) as JSONWebKeySet;
}

function idOf(publicKey: KeyObject): string {
  const der = publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(der).digest('base64url').slice(0, 16);
}

function writeWhole(file: string, content: string, mode: number): void {
  writeFileSync(`${file}.new`, content, { mode });
  renameSync(`${file}.new`, file);
}
