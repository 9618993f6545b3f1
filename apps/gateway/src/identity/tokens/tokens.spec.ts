import { createHmac, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { AlgorithmName } from './algorithms.js';
import { signToken, verifyToken } from './jwt.js';
import { KeySet } from './key-source.js';
import { RemoteKeys } from './remote-keys.js';
import { principalOfClaims } from './token-principal.js';

const NOW = Date.parse('2026-06-15T08:00:00Z');
const RULES = { issuer: 'https://id.example', audience: 'aika', clockSkewMs: 30_000, clock: () => NOW };
const SECONDS = NOW / 1000;
const CLAIMS = { iss: RULES.issuer, aud: 'aika', sub: 'anna', exp: SECONDS + 60, roles: ['adjuster'] };

const PAIRS = {
  EdDSA: generateKeyPairSync('ed25519'),
  ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  ES384: generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  RS256: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  PS256: generateKeyPairSync('rsa', { modulusLength: 2048 }),
};
const jwk = (key: KeyObject, kid: string, more: object = {}) => ({
  ...key.export({ format: 'jwk' }),
  kid,
  ...more,
});
const setOf = (...keys: object[]) => KeySet.of({ keys }) as KeySet;
const ALL = setOf(...Object.entries(PAIRS).map(([alg, { publicKey }]) => jwk(publicKey, alg)));

const signed = (claims: object = CLAIMS, alg: AlgorithmName = 'EdDSA', kid: string = alg) =>
  signToken(claims, { key: PAIRS[alg].privateKey, kid, alg });
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const codeOf = (token: string, keys = ALL) =>
  verifyToken(token, keys, RULES).then(
    () => 'taken',
    (error: { code: string }) => error.code,
  );

describe('a token', () => {
  it.each(Object.keys(PAIRS) as AlgorithmName[])('signed by %s is taken', async (alg) => {
    expect(await verifyToken(signed(CLAIMS, alg), ALL, RULES)).toEqual(CLAIMS);
  });

  it('whose content or signature was changed is not', async () => {
    const [head, , tail] = signed().split('.');
    expect(await codeOf(`${head}.${part({ ...CLAIMS, roles: ['manager'] })}.${tail}`)).toBe('SIGNATURE');
    const [other] = [signed({ ...CLAIMS, sub: 'bo' }).split('.')[2]];
    expect(await codeOf(`${head}.${part(CLAIMS)}.${other}`)).toBe('SIGNATURE');
  });

  it('without a signature, or signed with the public key as a secret, is not', async () => {
    const body = part(CLAIMS);
    expect(await codeOf(`${part({ alg: 'none' })}.${body}.`)).toBe('MALFORMED');
    expect(await codeOf(`${part({ alg: 'none' })}.${body}.AAAA`)).toBe('ALGORITHM');
    const pem = PAIRS.RS256.publicKey.export({ type: 'spki', format: 'pem' });
    const content = `${part({ alg: 'HS256', kid: 'RS256' })}.${body}`;
    const mac = createHmac('sha256', pem).update(content).digest('base64url');
    expect(await codeOf(`${content}.${mac}`)).toBe('ALGORITHM');
  });

  it('that names a key of another kind than its algorithm is not', async () => {
    const { privateKey: key } = PAIRS.RS256;
    expect(await codeOf(signToken(CLAIMS, { key, kid: 'ES256', alg: 'RS256' }))).toBe('KEY_UNKNOWN');
    const only = setOf(jwk(PAIRS.RS256.publicKey, 'k', { alg: 'PS256' }));
    expect(await codeOf(signToken(CLAIMS, { key, kid: 'k', alg: 'RS256' }), only)).toBe('KEY_UNKNOWN');
  });

  it('of a key that is too short, secret or not for signatures is not', async () => {
    const short = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const token = signToken(CLAIMS, { key: short.privateKey, kid: 'k', alg: 'RS256' });
    expect(await codeOf(token, setOf(jwk(short.publicKey, 'k')))).toBe('KEY_UNKNOWN');
    expect(await codeOf(signed(), setOf(jwk(PAIRS.EdDSA.publicKey, 'EdDSA', { use: 'enc' })))).toBe(
      'KEY_UNKNOWN',
    );
    expect(setOf({ kty: 'oct', k: 'AAAA' }, { kty: 'what' }, jwk(PAIRS.EdDSA.publicKey, 'k')).size).toBe(1);
  });

  it('is not of a key that does not fit, wherever the key is from', async () => {
    const short = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const token = signToken(CLAIMS, { key: short.privateKey, kid: 'k', alg: 'RS256' });
    const any = { find: () => Promise.resolve(short.publicKey) };
    await expect(verifyToken(token, any, RULES)).rejects.toMatchObject({ code: 'SIGNATURE' });
  });

  it('without a key id needs a set in which one key fits', async () => {
    const { privateKey: key, publicKey } = PAIRS.EdDSA;
    const token = signToken(CLAIMS, { key, kid: undefined as unknown as string, alg: 'EdDSA' });
    expect(await codeOf(token, setOf(jwk(publicKey, 'a')))).toBe('taken');
    const other = generateKeyPairSync('ed25519').publicKey;
    expect(await codeOf(token, setOf(jwk(publicKey, 'a'), jwk(other, 'b')))).toBe('KEY_UNKNOWN');
  });

  it('counts from and until its times, with the clocks a little apart', async () => {
    const at = (claims: object) => codeOf(signed({ ...CLAIMS, ...claims }));
    expect(await at({ exp: SECONDS - 29 })).toBe('taken');
    expect(await at({ exp: SECONDS - 30 })).toBe('EXPIRED');
    expect(await at({ nbf: SECONDS + 30 })).toBe('taken');
    expect(await at({ nbf: SECONDS + 31 })).toBe('NOT_YET_VALID');
    expect(await at({ iat: SECONDS + 31 })).toBe('NOT_YET_VALID');
    expect(await at({ exp: undefined })).toBe('CLAIMS');
    expect(await at({ exp: '9999999999' })).toBe('CLAIMS');
  });

  it('is of the issuer and for us', async () => {
    const at = (claims: object) => codeOf(signed({ ...CLAIMS, ...claims }));
    expect(await at({ iss: 'https://id.example/' })).toBe('ISSUER');
    expect(await at({ iss: undefined })).toBe('ISSUER');
    expect(await at({ aud: 'other' })).toBe('AUDIENCE');
    expect(await at({ aud: undefined })).toBe('AUDIENCE');
    expect(await at({ aud: ['other', 'aika'] })).toBe('taken');
  });

  it('of another form is not', async () => {
    const [head = '', body = '', tail = ''] = signed().split('.');
    const wrong = [
      '',
      'a.b',
      `${head}.${body}.${tail}.x`,
      `${head}.${body}.${tail}=`,
      'x'.repeat(9000),
      `.${body}.${tail}`,
    ];
    for (const token of wrong) expect(await codeOf(token)).toBe('MALFORMED');
    const { privateKey } = PAIRS.EdDSA;
    const odd = (header: object) => `${part({ alg: 'EdDSA', kid: 'EdDSA', ...header })}.${body}.${tail}`;
    for (const header of [{ crit: ['exp'] }, { typ: 'logout+jwt' }, { kid: 7 }]) {
      expect(await codeOf(odd(header))).toBe('MALFORMED');
    }
    const list = signToken([1] as object, { key: privateKey, kid: 'EdDSA', alg: 'EdDSA' });
    expect(await codeOf(list)).toBe('MALFORMED');
  });
});

describe("the issuer's keys", () => {
  const keysOf = (load: () => Promise<unknown>, time: { now: number }) =>
    new RemoteKeys({ url: 'https://id.example/jwks', clock: () => time.now, load });
  const publicOf = (alg: AlgorithmName) => jwk(PAIRS[alg].publicKey, alg);

  it('are asked for once, and again when a token names one that is not known', async () => {
    const time = { now: NOW };
    let [asked, keys] = [0, [publicOf('EdDSA')]];
    const remote = keysOf(() => ((asked += 1), Promise.resolve({ keys })), time);
    await Promise.all([remote.find('EdDSA', 'EdDSA'), remote.find('EdDSA', 'EdDSA')]);
    expect(asked).toBe(1);
    keys = [publicOf('EdDSA'), publicOf('ES256')];
    // Within the cool-down nobody can make us ask by naming keys that do not exist.
    expect(await remote.find('ES256', 'ES256')).toBeUndefined();
    expect(asked).toBe(1);
    time.now += 30_000;
    expect(await remote.find('ES256', 'ES256')).toBeDefined();
    expect(await remote.find('none', 'ES256')).toBeUndefined();
    expect(asked).toBe(2);
  });

  it('that were taken back count no more after ten minutes', async () => {
    const time = { now: NOW };
    let keys = [publicOf('EdDSA'), publicOf('ES256')];
    const remote = keysOf(() => Promise.resolve({ keys }), time);
    await remote.find('EdDSA', 'EdDSA');
    keys = [publicOf('ES256')];
    time.now += 599_999;
    expect(await remote.find('EdDSA', 'EdDSA')).toBeDefined();
    time.now += 1;
    expect(await remote.find('EdDSA', 'EdDSA')).toBeUndefined();
  });

  it('count for a day while the issuer does not answer', async () => {
    const time = { now: NOW };
    let isUp = true;
    const load = () =>
      isUp ? Promise.resolve({ keys: [publicOf('EdDSA')] }) : Promise.reject(new Error('down'));
    const remote = keysOf(load, time);
    await remote.find('EdDSA', 'EdDSA');
    isUp = false;
    time.now += 24 * 3_600_000 - 1;
    expect(await remote.find('EdDSA', 'EdDSA')).toBeDefined();
    time.now += 1;
    await expect(remote.find('EdDSA', 'EdDSA')).rejects.toMatchObject({
      code: 'KEYS_UNAVAILABLE',
      retriable: true,
    });
    await expect(keysOf(load, time).find('EdDSA', 'EdDSA')).rejects.toMatchObject({
      code: 'KEYS_UNAVAILABLE',
    });
  });

  it('are not replaced by what is no key set', async () => {
    const time = { now: NOW };
    let document: unknown = { keys: [publicOf('EdDSA')] };
    const remote = keysOf(() => Promise.resolve(document), time);
    await remote.find('EdDSA', 'EdDSA');
    for (document of [undefined, {}, { keys: [] }, 'x']) {
      time.now += 600_000;
      expect(await remote.find('EdDSA', 'EdDSA')).toBeDefined();
    }
  });
});

describe('the claims of a token', () => {
  it('say who it is, and what they may approve', () => {
    const authority = { GBP: 2_500_000 };
    const claims = {
      exp: 7,
      sub: 'anna',
      roles: ['adjuster', 'offline_access'],
      customer_id: 'cust-1',
      authority,
    };
    expect(principalOfClaims(claims)).toEqual({
      subject: 'anna',
      roles: ['adjuster'],
      customerId: 'cust-1',
      authority,
      validUntil: 7000,
    });
    expect(principalOfClaims({ sub: 'anna' })).toMatchObject({ subject: 'anna', roles: [], authority: {} });
  });

  it.each([
    ['sub', { sub: undefined }],
    ['sub', { sub: 'a\nb' }],
    ['sub', { sub: 'x'.repeat(101) }],
    ['roles', { roles: 'manager' }],
    ['customer_id', { customer_id: '' }],
    ['customer_id', { customer_id: ['cust-1'] }],
    ['authority', { authority: { GBP: -1 } }],
    ['authority', { authority: { GBP: 1.5 } }],
    ['authority', { authority: { XXX: 1 } }],
    ['authority', { authority: 7 }],
  ])('are refused with a wrong %s', (name, claims) => {
    expect(() => principalOfClaims({ sub: 'anna', ...claims })).toThrow(name);
  });
});
