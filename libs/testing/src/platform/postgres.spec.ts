import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { wantedPostgresPort } from './postgres.js';

describe('the port of a PostgreSQL that is still to be started', () => {
  const folder = mkdtempSync(join(tmpdir(), 'aika-postgres-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is told with the setting that moves it', () => {
    const env = { AIKA_POSTGRES_DATA_DIR: folder };
    expect(wantedPostgresPort(env)).toEqual([{ port: 15_432, setting: 'AIKA_POSTGRES_PORT' }]);
    expect(wantedPostgresPort({ ...env, AIKA_POSTGRES_PORT: '5000' })[0]?.port).toBe(5000);
  });

  it('is none where a server is given', () => {
    expect(wantedPostgresPort({ DATABASE_URL: 'postgres://aika@db:5432/aika' })).toEqual([]);
  });
});
