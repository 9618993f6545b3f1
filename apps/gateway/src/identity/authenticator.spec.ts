import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { createLocalJWKSet } from 'jose';
import { Authenticator } from './authenticator.js';
import { ApiKeys } from './keys/api-keys.js';
import { MemoryApiKeyStore } from './keys/memory-api-key-store.js';
import { signToken } from './testing/sign-token.js';

const ISSUER = 'https://id.test';
const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const jwk = { ...publicKey.export({ format: 'jwk' }), kty: 'OKP', kid: 'k' };

describe('a token that was found right', () => {
  const time = { now: Date.parse('2026-06-15T08:00:00Z') };
  let [looks, isKnown] = [0, true];
  const set = createLocalJWKSet({ keys: [jwk] });
  const none = createLocalJWKSet({ keys: [] });
  const authenticator = new Authenticator({
    keys: (header, token) => ((looks += 1), (isKnown ? set : none)(header, token)),
    rules: { issuer: ISSUER, audience: 'aika', clockSkewMs: 0, clock: () => time.now },
    apiKeys: new ApiKeys({ store: new MemoryApiKeyStore() }),
  });
  const tokenFor = (seconds: number) => {
    const claims = {
      iss: ISSUER,
      aud: 'aika',
      sub: 'anna',
      roles: ['auditor'],
      exp: time.now / 1000 + seconds,
    };
    return `Bearer ${signToken(claims, { key: privateKey, kid: 'k', alg: 'EdDSA' })}`;
  };
  const verdict = (authorization: string) =>
    authenticator.identify({ authorization, apiKey: undefined }).then(
      ({ subject }) => subject,
      (error: { members: { code: string } }) => error.members.code,
    );

  it('is not looked at again for ten seconds, in which its key may be taken back', async () => {
    const token = tokenFor(600);
    expect([await verdict(token), await verdict(token), looks]).toEqual(['anna', 'anna', 1]);
    isKnown = false;
    time.now += 9_999;
    expect(await verdict(token)).toBe('anna');
    time.now += 1;
    expect(await verdict(token)).toBe('KEY_UNKNOWN');
    isKnown = true;
  });

  it('is taken no longer than it says', async () => {
    const token = tokenFor(5);
    time.now += 4_999;
    expect(await verdict(token)).toBe('anna');
    time.now += 1;
    expect(await verdict(token)).toBe('EXPIRED');
  });
});
