import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createTestDatabase, freePort, type TestDatabase } from '@aika/testing';
import { migrateViews, openViews, type ViewsDatabase } from '@aika/views';
import { problemOf } from '../http/problem-of.js';
import { TcpGate } from '../testing/tcp-gate.fixtures.js';

jest.setTimeout(30_000);

const ANSWER_MS = 300;
let database: TestDatabase;
let gate: TcpGate;
let db: ViewsDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  const direct = openViews(database.url);
  await migrateViews(direct);
  await direct.destroy();
  const url = new URL(database.url);
  gate = new TcpGate(await freePort(), { host: url.hostname, port: Number(url.port) });
  await gate.open();
  url.host = `127.0.0.1:${gate.port}`;
  // One connection: who waits for it in vain would hold up all others.
  db = openViews(url.href, { maxConnections: 1, answerTimeoutMs: ANSWER_MS, prepare: true });
});

afterAll(async () => {
  await db.destroy();
  await gate.close();
  await database.drop();
});

const claims = (on: ViewsDatabase): Promise<readonly unknown[]> =>
  on.selectFrom('claims').selectAll().execute();

describe('a connection to the database that is lost without a word', () => {
  it('fails what was asked within its bound, as a database that is away, and the next one is made', async () => {
    expect(await claims(db)).toEqual([]);
    gate.freeze();
    const begun = performance.now();
    const lost: unknown = await claims(db).catch((error: unknown) => error);
    expect(performance.now() - begun).toBeLessThan(10 * ANSWER_MS);
    expect(problemOf(lost)).toMatchObject({ problem: 'database-unavailable', status: 503 });
    expect(await claims(db)).toEqual([]);
  });

  it('ends a transaction in the same way', async () => {
    const lost = db.transaction().execute(async (transaction) => {
      await claims(transaction);
      gate.freeze();
      await claims(transaction);
    });
    await expect(lost).rejects.toMatchObject({ name: 'DatabaseSilent', code: 'ETIMEDOUT' });
    expect(await claims(db)).toEqual([]);
  });
});
