import { loadSettings, SettingsError } from '@aika/messaging/nest';
import { describe, expect, it } from '@jest/globals';
import { GatewaySettings } from './gateway.settings.js';

describe('the settings of the gateway', () => {
  it('need a database and nothing else', () => {
    const settings = loadSettings(GatewaySettings, { DATABASE_URL: 'postgres://aika@127.0.0.1:5432/aika' });
    expect(settings).toMatchObject({ corsOrigins: [], maxBodyBytes: 262_144, maxWaitMs: 10_000 });
  });

  it('name every wrong key at once', () => {
    const env = {
      AIKA_CORS_ORIGINS: 'console.example',
      AIKA_RATE_LIMIT: 'many',
      AIKA_MAX_JSON_DEPTH: '1000',
    };
    const load = () => loadSettings(GatewaySettings, env);
    expect(load).toThrow(SettingsError);
    for (const key of ['DATABASE_URL', 'AIKA_CORS_ORIGINS', 'AIKA_RATE_LIMIT', 'AIKA_MAX_JSON_DEPTH']) {
      expect(load).toThrow(`${key}: expected`);
    }
  });

  it('read origins as a list', () => {
    const env = {
      DATABASE_URL: 'postgresql://x/y',
      AIKA_CORS_ORIGINS: 'https://a.example, http://b.example:8080',
    };
    expect(loadSettings(GatewaySettings, env).corsOrigins).toEqual([
      'https://a.example',
      'http://b.example:8080',
    ]);
  });
});
