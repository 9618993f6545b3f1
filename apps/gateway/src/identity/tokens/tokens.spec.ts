import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { createLocalJWKSet, type JSONWebKeySet } from 'jose';
import { type SignerName, signToken } from '../testing/sign-token.js';
import { type KeySource, verifyToken } from './jwt.js';
import { remoteKeys } from './remote-keys.js';
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
const setOf = (...keys: object[]) => createLocalJWKSet({ keys } as JSONWebKeySet);
const ALL = setOf(...Object.entries(PAIRS).map(([alg, { publicKey }]) => jwk(publicKey, alg)));

const signed = (claims: object = CLAIMS, alg: SignerName = 'EdDSA', kid: string = alg) =>
  signToken(claims, { key: PAIRS[alg].privateKey, kid, alg });
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const codeOf = (token: string, keys: KeySource = ALL) =>
  verifyToken(token, keys, RULES).then(
    () => 'taken',
    (error: { code: string }) => error.code,
  );

describe('a token', () => {
  it.each(Object.keys(PAIRS) as SignerName[])('signed by %s is taken', async (alg) => {
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
    expect(await codeOf(`${part({ alg: 'none' })}.${body}.`)).toBe('ALGORITHM');
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
    const others = [{ kty: 'oct', k: 'AAAA', kid: 'EdDSA' }, { kty: 'what' }];
    expect(await codeOf(signed(), setOf(...others))).toBe('KEY_UNKNOWN');
    expect(await codeOf(signed(), setOf(...others, jwk(PAIRS.EdDSA.publicKey, 'EdDSA')))).toBe('taken');
  });

  it('without a key id needs a set in which one key fits', async () => {
    const { privateKey: key, publicKey } = PAIRS.EdDSA;
    const token = signToken(CLAIMS, { key, alg: 'EdDSA' });
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
    expect(await codeOf(odd({ crit: ['exp'] }))).toBe('MALFORMED');
    expect(await codeOf(odd({ kid: 7 }))).toBe('KEY_UNKNOWN');
    const content = `${part({ alg: 'EdDSA', kid: 'EdDSA', typ: 'logout+jwt' })}.${body}`;
    const seal = sign(null, Buffer.from(content), privateKey).toString('base64url');
    expect(await codeOf(`${content}.${seal}`)).toBe('MALFORMED');
    const list = signToken([1] as object, { key: privateKey, kid: 'EdDSA', alg: 'EdDSA' });
    expect(await codeOf(list)).toBe('MALFORMED');
  });
});

describe("the issuer's keys", () => {
  const at = { now: NOW };
  const issuer = { keys: [] as object[], document: undefined as unknown, isUp: true, asked: 0 };

  beforeEach(() => {
    Object.assign(at, { now: NOW });
    Object.assign(issuer, { keys: [publicOf('EdDSA')], document: undefined, isUp: true, asked: 0 });
    jest.spyOn(Date, 'now').mockImplementation(() => at.now);
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  const load = () => {
    issuer.asked += 1;
    if (!issuer.isUp) return Promise.reject(new TypeError('fetch failed'));
    return Promise.resolve(Response.json(issuer.document ?? { keys: issuer.keys }));
  };
  const publicOf = (alg: SignerName) => jwk(PAIRS[alg].publicKey, alg);
  const open = () => {
    const keys = remoteKeys('https://id.example/jwks', load);
    const tokenOf = (alg: SignerName, kid: string) =>
      signed({ ...CLAIMS, exp: at.now / 1000 + 60 }, alg, kid);
    return (alg: SignerName, kid: string = alg) =>
      verifyToken(tokenOf(alg, kid), keys, { ...RULES, clock: () => at.now }).then(
        () => 'taken',
        (error: { code: string }) => error.code,
      );
  };

  it('are asked for once, and again when a token names one that is not known', async () => {
    const verdict = open();
    expect(await Promise.all([verdict('EdDSA'), verdict('EdDSA')])).toEqual(['taken', 'taken']);
    expect(issuer.asked).toBe(1);
    issuer.keys = [publicOf('EdDSA'), publicOf('ES256')];
    // Within the cool-down nobody can make us ask by naming keys that do not exist.
    expect(await verdict('ES256')).toBe('KEY_UNKNOWN');
    expect(issuer.asked).toBe(1);
    at.now += 30_000;
    expect(await verdict('ES256')).toBe('taken');
    expect(await verdict('ES256', 'none')).toBe('KEY_UNKNOWN');
    expect(issuer.asked).toBe(2);
  });

  it('that were taken back count no more after ten minutes', async () => {
    const verdict = open();
    await verdict('EdDSA');
    issuer.keys = [publicOf('ES256')];
    at.now += 599_999;
    expect(await verdict('EdDSA')).toBe('taken');
    at.now += 1;
    expect(await verdict('EdDSA')).toBe('KEY_UNKNOWN');
  });

  it('count for a day while the issuer does not answer, which is not asked for every token', async () => {
    const verdict = open();
    await verdict('EdDSA');
    issuer.isUp = false;
    at.now += 24 * 3_600_000 - 1;
    expect([await verdict('EdDSA'), await verdict('EdDSA')]).toEqual(['taken', 'taken']);
    expect(issuer.asked).toBe(2);
    at.now += 1;
    expect(await verdict('EdDSA')).toBe('KEYS_UNAVAILABLE');
    expect(await open()('EdDSA')).toBe('KEYS_UNAVAILABLE');
    at.now += 30_000;
    issuer.isUp = true;
    expect(await verdict('EdDSA')).toBe('taken');
  });

  it('are not replaced by what is no key set', async () => {
    const verdict = open();
    await verdict('EdDSA');
    for (issuer.document of [{}, { keys: 7 }, 'x']) {
      at.now += 600_000;
      expect(await verdict('EdDSA')).toBe('taken');
    }
    expect(issuer.asked).toBe(4);
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
