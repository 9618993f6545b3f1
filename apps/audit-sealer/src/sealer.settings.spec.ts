import { describe, expect, it } from '@jest/globals';
import { loadSettings } from '@aika/messaging/nest';
import { SealerSettings } from './sealer.settings.js';

const store = 'file:///var/lib/seals';

describe("the sealer's settings", () => {
  it('need a second place', () => {
    expect(() => loadSettings(SealerSettings, {})).toThrow(/AIKA_AUDIT_STORE: expected file:/);
    expect(loadSettings(SealerSettings, { AIKA_AUDIT_STORE: store }).auditStore).toBe(store);
  });

  it('name every wrong key, and repeat no password', () => {
    const env = {
      AIKA_AUDIT_STORE: 'mysql://me:hunter2@db/seals',
      AIKA_AUDIT_RETENTION: 'forever',
      AIKA_AUDIT_INTERVAL_MS: 'soon',
      AIKA_AUDIT_KEY_CREATE: 'maybe',
    };
    const load = () => loadSettings(SealerSettings, env);
    for (const name of Object.keys(env)) expect(load).toThrow(name);
    expect(load).not.toThrow('hunter2');
  });

  it('state the retention in days, or none', () => {
    const retention = (text: string) =>
      loadSettings(SealerSettings, { AIKA_AUDIT_STORE: store, AIKA_AUDIT_RETENTION: text }).retentionMs;
    expect(retention('')).toBeNull();
    expect(retention('unlimited')).toBeNull();
    expect(retention('10d')).toBe(864_000_000);
  });
});
