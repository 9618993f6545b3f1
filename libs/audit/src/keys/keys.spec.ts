import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ensureSigningKey, publicKeyFileOf, readSigningKey, readTrustedKeys } from './key-files.js';
import { newKeyPair, signingKey } from './signing-key.js';
import { trustedKeys } from './trusted-keys.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aika-keys-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const bytes = Buffer.from('what is signed');

describe('a signing key', () => {
  it('signs what its public half confirms, and nothing else', () => {
    const { privateKey, publicKey } = newKeyPair();
    const key = signingKey(privateKey);
    const trusted = trustedKeys(publicKey);
    const signature = key.sign(bytes).toString('base64');
    expect(trusted.verify(key.id, bytes, signature)).toBe(true);
    expect(trusted.verify(key.id, Buffer.from('what is siGned'), signature)).toBe(false);
    expect(trusted.verify(key.id, bytes, '')).toBe(false);
    expect(trusted.verify('another', bytes, signature)).toBeUndefined();
  });

  it('is made once, for its owner only, with the public half beside it', () => {
    const file = join(folder, 'audit', 'key.pem');
    const made = ensureSigningKey(file);
    expect(ensureSigningKey(file).id).toBe(made.id);
    expect(readSigningKey(file).id).toBe(made.id);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readTrustedKeys(publicKeyFileOf(file)).ids).toEqual([made.id]);
  });

  it('that is missing or wrong is told without a word of it', () => {
    const file = join(folder, 'key.pem');
    expect(() => readSigningKey(file)).toThrow(expect.objectContaining({ code: 'KEY_MISSING' }));
    writeFileSync(file, 'hunter2');
    expect(() => readSigningKey(file)).toThrow(expect.objectContaining({ code: 'KEY_INVALID' }));
    expect(() => readSigningKey(file)).not.toThrow('hunter2');
  });

  it('of another kind is refused', () => {
    const pems = generateKeyPairSync('ec', {
      namedCurve: 'P-256',
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    });
    expect(() => signingKey(pems.privateKey)).toThrow('Ed25519');
    expect(() => trustedKeys(pems.publicKey)).toThrow('Ed25519');
    expect(() => trustedKeys('')).toThrow('no public key');
  });
});
