import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { freePort } from '../local-cluster/ports.js';
import { isStillRunning, sendSignal } from '../local-cluster/process-identity.js';
import { repositoryRoot } from '../repository.js';
import { isSuspended } from '../faults/processes/suspend.js';
import {
  killPostgres,
  spoilRows,
  whilePostgresSuspended,
  whileWaitingForTable,
} from '../faults/processes/postgres-faults.js';
import { createTestDatabase } from '../platform/test-postgres.js';
import { findLocalPostgres, startLocalPostgres, stopLocalPostgres } from './local-postgres.js';
import {
  databaseDirOf,
  KEEPER_MARKER,
  postgresRemains,
  readPostgresState,
  type PostgresState,
} from './postgres-state.js';

const TEST_TIMEOUT_MS = 60_000;
let dataDir: string;
let port: number;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'aika-postgres-'));
  port = await freePort();
});

afterAll(async () => {
  await stopLocalPostgres(dataDir, { wipe: true });
  rmSync(dataDir, { recursive: true, force: true });
}, TEST_TIMEOUT_MS);

const options = () => ({ dataDir, port, throwAway: true, lease: 'none' as const });

async function query(url: string, text: string): Promise<readonly unknown[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

/** A program that starts the server with a lease and then just lives. */
function startOwner(): ChildProcess {
  const module = join(repositoryRoot(), 'libs/testing/dist/local-postgres/local-postgres.js');
  const program = `const { startLocalPostgres } = await import(${JSON.stringify(module)});
    await startLocalPostgres(${JSON.stringify({ ...options(), lease: 'owner' })});
    setInterval(() => {}, 1000);`;
  return spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
}

const serverOf = (state: PostgresState) =>
  state.server && isStillRunning(state.server, databaseDirOf(dataDir));

async function until(what: string, condition: () => unknown): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`${what}: not in time`);
    await sleep(50);
  }
}

describe('the local PostgreSQL', () => {
  it(
    'starts once, keeps what was committed over a kill -9, and stops',
    async () => {
      const server = await startLocalPostgres(options());
      await query(server.url, 'create table kept as select 7 as number');
      const again = await startLocalPostgres(options());
      expect([server.attached, again.attached, again.url]).toEqual([false, true, server.url]);

      await server.kill();
      await expect(query(server.url, 'select 1')).rejects.toThrow();
      await server.start();
      expect(await query(server.url, 'select number from kept')).toEqual([{ number: 7 }]);

      expect(await stopLocalPostgres(dataDir)).toBe(true);
      expect(findLocalPostgres(dataDir)).toBeUndefined();
      expect(await stopLocalPostgres(dataDir)).toBe(false);
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'ends with its owner, also when that is killed',
    async () => {
      const owner = startOwner();
      await until('the start', () => findLocalPostgres(dataDir));
      const state = readPostgresState(dataDir)!;
      await until('the server', () => serverOf(state));
      owner.kill('SIGKILL');
      await until('the end', () => !serverOf(state));
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'replaces a server whose keeper was killed',
    async () => {
      await startLocalPostgres(options());
      const orphan = readPostgresState(dataDir)!;
      sendSignal(orphan.keeper.pid, 'SIGKILL');
      await until('the end of the keeper', () => findLocalPostgres(dataDir) === undefined);
      expect(serverOf(orphan)).toBe(true);
      const server = await startLocalPostgres(options());
      expect([server.attached, serverOf(orphan)]).toEqual([false, false]);
      expect(await query(server.url, 'select number from kept')).toEqual([{ number: 7 }]);
    },
    TEST_TIMEOUT_MS,
  );
});

describe('faults of PostgreSQL', () => {
  it(
    'kill it with its sessions, and freeze it so that nobody is answered meanwhile',
    async () => {
      const server = await startLocalPostgres(options());
      const open = query(server.url, 'select pg_sleep(60)');
      const refused = expect(open).rejects.toThrow();
      await query(server.url, 'create table survived as select 1 as number');
      await killPostgres(server);
      await refused;
      expect(server.pid).toBeNull();
      await server.start();

      let isAnswered = false;
      await whilePostgresSuspended(server, async () => {
        expect(isSuspended(server.pid!)).toBe(true);
        const asked = query(server.url, 'select number from survived').then(
          (rows) => (isAnswered = rows.length === 1),
        );
        await sleep(300);
        expect(isAnswered).toBe(false);
        void asked;
      });
      await until('the answer', () => isAnswered);
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'hold a table until an application waits for it within its transaction',
    async () => {
      const { url } = await startLocalPostgres(options());
      await query(url, 'create table held (number integer)');
      const held = { url, table: 'held', applicationName: 'writer', withinMs: 500 };
      await expect(whileWaitingForTable(held, () => Promise.resolve())).rejects.toThrow('Nobody of writer');
      await query(`${url}?application_name=writer`, 'insert into held values (1)');
      const blocked = whileWaitingForTable({ ...held, withinMs: 10_000 }, async () => {
        await sleep(100);
        return query(url, 'select count(*)::integer as count from held');
      });
      await sleep(200);
      const second = query(`${url}?application_name=writer`, 'insert into held values (2)');
      expect(await blocked).toEqual([{ count: 1 }]);
      await second;
      expect(await query(url, 'select count(*)::integer as count from held')).toEqual([{ count: 2 }]);
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'hold it until one session of each of several waits, and change rows from outside',
    async () => {
      const { url } = await startLocalPostgres(options());
      await query(url, 'create table shared (number integer)');
      const write = (name: string) =>
        query(`${url}?application_name=${name}`, 'insert into shared values (1) returning number');
      const held = { url, table: 'shared', applicationName: ['one', 'other'], withinMs: 1_000 };
      const inVain = expect(whileWaitingForTable(held, () => Promise.resolve())).rejects.toThrow('Nobody of');
      await sleep(200);
      const alone = [write('one'), write('one')];
      await inVain;
      await Promise.all(alone);
      const met = whileWaitingForTable({ ...held, withinMs: 10_000 }, () => Promise.resolve('met'));
      await sleep(200);
      const written = [write('one'), write('other')];
      expect(await met).toBe('met');
      await Promise.all(written);
      expect(await spoilRows(url, 'update shared set number = $1', [7])).toBe(4);
      expect(await query(url, 'select distinct number from shared')).toEqual([{ number: 7 }]);
    },
    TEST_TIMEOUT_MS,
  );
});

describe('a test database', () => {
  it('is empty, of its own, and gone when dropped', async () => {
    const [one, two] = await Promise.all([createTestDatabase(), createTestDatabase()]);
    await query(one.url, 'create table mine ()');
    await expect(query(two.url, 'select from mine')).rejects.toThrow('does not exist');
    await Promise.all([one.drop(), two.drop()]);
    await expect(query(one.url, 'select 1')).rejects.toThrow('does not exist');
  });
});

describe('a start of the local PostgreSQL', () => {
  it(
    'is given up while it starts, and then none of it runs',
    async () => {
      await stopLocalPostgres(dataDir);
      const giveUp = new AbortController();
      const starting = startLocalPostgres({
        ...options(),
        // Making the folder anew takes a while.
        ...{ wipe: true, lease: 'owner', signal: giveUp.signal },
      });
      const ended = expect(starting).rejects.toThrow('given up');
      await until('a keeper', () => readPostgresState(dataDir));
      const { keeper } = readPostgresState(dataDir)!;
      giveUp.abort(new Error('given up'));
      await ended;
      expect(isStillRunning(keeper, KEEPER_MARKER)).toBe(false);
      expect(postgresRemains(dataDir).kind).toBe('none');
    },
    TEST_TIMEOUT_MS,
  );
});
