import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readSettings, SettingsError } from './settings.js';

describe('settings', () => {
  it('has defaults for everything', () => {
    expect(readSettings({})).toEqual({
      database: resolve('.aika/payments.sqlite'),
      host: '127.0.0.1',
      port: 3190,
    });
  });

  it('names every wrong key at once', () => {
    const environment = { AIKA_PAYMENTS_DB: '', AIKA_PAYMENTS_HOST: 'pay me', AIKA_PAYMENTS_PORT: '70000' };
    const read = (): unknown => readSettings(environment);
    expect(read).toThrow(SettingsError);
    for (const key of Object.keys(environment)) expect(read).toThrow(key);
  });
});
