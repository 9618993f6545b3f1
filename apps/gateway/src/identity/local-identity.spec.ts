import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSettings } from '@aika/messaging/nest';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { gatewayDefaults, GatewaySettings } from '../gateway.settings.js';
import {
  LOCAL_AUDIENCE,
  LOCAL_ISSUER,
  localKeySetFile,
  localToken,
  makeLocalKey,
  readLocalKeys,
} from './local-identity.js';
import { verifyToken } from './tokens/jwt.js';
import { principalOfClaims } from './tokens/token-principal.js';

const DATABASE_URL = 'postgres://nobody@127.0.0.1:1/none';

describe("this machine's key", () => {
  let dir: string;
  beforeAll(() => {
    dir = join(mkdtempSync(join(tmpdir(), 'aika-identity-')), 'identity');
    makeLocalKey(dir);
  });
  afterAll(() => rmSync(join(dir, '..'), { recursive: true }));

  it('is made once, and read by its owner alone', () => {
    const before = readFileSync(join(dir, 'signing-key.pem'), 'utf8');
    expect(makeLocalKey(dir)).toBe(false);
    expect(readFileSync(join(dir, 'signing-key.pem'), 'utf8')).toBe(before);
    expect(statSync(join(dir, 'signing-key.pem')).mode & 0o777).toBe(0o600);
    expect(statSync(dir).mode & 0o777).toBe(0o700);
  });

  it('keeps its private half out of what the gateway reads', () => {
    const { keys } = JSON.parse(readFileSync(localKeySetFile(dir), 'utf8')) as { keys: object[] };
    expect(Object.keys(keys[0] ?? {}).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x']);
  });

  it('makes tokens that a gateway takes, for as long as was said', async () => {
    const authority = { GBP: 5 };
    const login = { subject: 'anna', roles: ['adjuster'] as const, authority, lifetimeSeconds: 60 };
    const token = await localToken(dir, login, Date.parse('2026-06-15T08:00:00Z'));
    const keys = readLocalKeys(dir)!;
    const at = (time: string) => {
      const rules = {
        issuer: LOCAL_ISSUER,
        audience: LOCAL_AUDIENCE,
        clockSkewMs: 0,
        clock: () => Date.parse(time),
      };
      return verifyToken(token, keys, rules);
    };
    expect(principalOfClaims(await at('2026-06-15T08:00:59Z'))).toMatchObject({ subject: 'anna', authority });
    await expect(at('2026-06-15T08:01:00Z')).rejects.toMatchObject({ code: 'EXPIRED' });
  });
});

describe('settings of who may come in', () => {
  const load = (env: Record<string, string>) => loadSettings(GatewaySettings, { DATABASE_URL, ...env });
  const jwt = {
    AIKA_AUTH: 'jwt',
    AIKA_AUTH_ISSUER: 'https://id.example',
    AIKA_AUTH_JWKS_URL: 'https://id.example/jwks',
  };

  it('refuse in production what is for one machine', () => {
    const production = { AIKA_ENVIRONMENT: 'production' };
    expect(() => load(production)).toThrow('AIKA_AUTH: expected jwt');
    expect(() => load({ ...production, AIKA_AUTH: 'off' })).toThrow('AIKA_AUTH: expected jwt');
    expect(() => load({ ...production, AIKA_AUTH: 'local', AIKA_IDENTITY_DIR: '/x' })).toThrow(
      'AIKA_AUTH: expected jwt',
    );
    expect(load({ ...production, ...jwt }).auth).toBe('jwt');
    const { environment } = gatewayDefaults({ NODE_ENV: 'production' });
    expect(() => loadSettings(GatewaySettings, { DATABASE_URL }, { environment })).toThrow('expected jwt');
    expect(gatewayDefaults({}).environment).toBe('laptop');
  });

  it('need what their way of logging in needs', () => {
    expect(() => load({ AIKA_AUTH: 'jwt' })).toThrow(/AIKA_AUTH_ISSUER.*AIKA_AUTH_JWKS_URL/s);
    expect(() => load({ AIKA_AUTH: 'local' })).toThrow('AIKA_IDENTITY_DIR');
    expect(() => load({ AIKA_AUTH: 'local', AIKA_IDENTITY_DIR: '/nowhere' })).toThrow(
      /IDENTITY_DIR.*aika login/,
    );
    expect(() => load({ AIKA_AUTH: 'none' })).toThrow('AIKA_AUTH');
    expect(() => load({ AIKA_ENVIRONMENT: 'Production' })).toThrow('AIKA_ENVIRONMENT');
  });

  it('take keys of an issuer by HTTPS, or from this machine', () => {
    const at = (url: string) => load({ ...jwt, AIKA_AUTH_JWKS_URL: url });
    expect(() => at('http://id.example/jwks')).toThrow('AIKA_AUTH_JWKS_URL');
    expect(() => at('http://127.0.0.1.evil.example/jwks')).toThrow('AIKA_AUTH_JWKS_URL');
    expect(at('http://127.0.0.1:8080/jwks').authJwksUrl).toContain('8080');
  });
});
