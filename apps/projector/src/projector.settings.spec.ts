import { describe, expect, it } from '@jest/globals';
import { loadSettings } from '@aika/messaging/nest';
import { ProjectorSettings } from './projector.settings.js';

describe("the projector's settings", () => {
  it('name every wrong key, and repeat no password', () => {
    const env = {
      DATABASE_URL: 'mysql://me:hunter2@db/views',
      AIKA_DATABASE_TIMEOUT_MS: 'soon',
      KAFKA_BROKERS: 'nowhere',
    };
    const load = () => loadSettings(ProjectorSettings, env);
    expect(load).toThrow(
      /DATABASE_URL: expected postgres:[^]*AIKA_DATABASE_TIMEOUT_MS|AIKA_DATABASE_TIMEOUT_MS[^]*DATABASE_URL/,
    );
    expect(load).toThrow('KAFKA_BROKERS');
    expect(load).not.toThrow('hunter2');
  });

  it('take the database from DATABASE_URL', () => {
    const settings = loadSettings(ProjectorSettings, { DATABASE_URL: 'postgres://db.example/views' });
    expect(settings.databaseUrl).toBe('postgres://db.example/views');
  });
});
