import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { AuditError } from '../audit-error.js';
import { newKeyPair, signingKey, type SigningKey } from './signing-key.js';
import { type TrustedKeys, trustedKeys } from './trusted-keys.js';

const OWNER_ONLY = 0o600;

/** The public half stands beside the private one, under this name. */
export function publicKeyFileOf(file: string): string {
  return `${file.replace(/\.pem$/, '')}.pub.pem`;
}

/** @throws AuditError `KEY_MISSING`, `KEY_INVALID` */
export function readSigningKey(file: string): SigningKey {
  return signingKey(readText(file));
}

/** @throws AuditError `KEY_MISSING`, `KEY_INVALID` */
export function readTrustedKeys(file: string): TrustedKeys {
  return trustedKeys(readText(file));
}

/** The key in the file; a new one where there is none. Two that start at once end with one key. */
export function ensureSigningKey(file: string): SigningKey {
  mkdirSync(dirname(file), { recursive: true });
  writeNew(file, newKeyPair().privateKey, OWNER_ONLY);
  const key = readSigningKey(file);
  const pem = key.publicKey.export({ type: 'spki', format: 'pem' });
  if (!existsSync(publicKeyFileOf(file))) writeNew(publicKeyFileOf(file), pem.toString());
  return key;
}

function writeNew(file: string, text: string, mode?: number): void {
  try {
    writeFileSync(file, text, { flag: 'wx', mode });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new AuditError('KEY_MISSING', `There is no key in ${file}.`, { cause });
  }
}
