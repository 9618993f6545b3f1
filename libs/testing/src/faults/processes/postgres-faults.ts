import { spawnSync } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { sendSignal } from '../../local-cluster/process-identity.js';
import type { PostgresHandle } from '../../local-postgres/local-postgres.js';
import { resume, suspend } from './suspend.js';

const LOOK_EVERY_MS = 5;

type Server = Pick<PostgresHandle, 'pid' | 'kill'>;

/**
 * kill -9 of the server and of every process that serves a connection, with nobody left to clean up behind them.
 * The next `start()` recovers from its log. Resolves when the server is gone.
 */
export async function killPostgres(server: Server): Promise<void> {
  const pid = pidOf(server);
  // A server that sees a child die restarts the others: it must not see it.
  sendSignal(pid, 'SIGSTOP');
  for (const child of childrenOf(pid)) sendSignal(child, 'SIGKILL');
  await server.kill('SIGKILL');
}

/**
 * Freezes the server with all its sessions while `work` runs: connections stay open and nobody answers. They go on
 * whether that succeeds or fails.
 */
export async function whilePostgresSuspended<T>(server: Server, work: () => Promise<T>): Promise<T> {
  const pid = pidOf(server);
  const frozen = [pid];
  try {
    // First, so that it makes no new sessions meanwhile.
    await suspend(pid);
    for (const child of childrenOf(pid)) {
      // A session may have ended by itself.
      const stands = await suspend(child).then(
        () => true,
        () => false,
      );
      if (stands) frozen.push(child);
    }
    return await work();
  } finally {
    for (const each of frozen.toReversed()) resume(each);
  }
}

function pidOf({ pid }: Server): number {
  if (pid === null) throw new Error('PostgreSQL is down already.');
  return pid;
}

function childrenOf(parent: number): readonly number[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  return stdout
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([, ppid]) => ppid === parent)
    .map(([pid]) => pid as number);
}

export type HeldTable = {
  /** Of the database. */
  readonly url: string;
  /** With its schema. Reads go on, writes wait. */
  readonly table: string;
  /** `application_name` of who has to come by; of several, one session of each at the same time. */
  readonly applicationName: string | readonly string[];
  readonly withinMs: number;
};

/**
 * Holds a table until a session of each application waits for it in the middle of its transaction, and runs `work`
 * then. The table is given back whether that succeeds or fails.
 * @throws Error when nobody comes by in time: a fault that met nothing proves nothing
 */
export async function whileWaitingForTable<T>(held: HeldTable, work: () => Promise<T>): Promise<T> {
  // Two: a transaction goes on seeing the sessions that it saw first.
  const [holder, watcher] = await Promise.all([connected(held.url), connected(held.url)]);
  try {
    await holder.query(`begin; lock table ${held.table} in share row exclusive mode`);
    const names = [held.applicationName].flat();
    const deadline = Date.now() + held.withinMs;
    while (!(await allWait(watcher, names))) {
      if (Date.now() > deadline) throw new Error(`Nobody of ${names.join(' or ')} came to ${held.table}.`);
      await delay(LOOK_EVERY_MS);
    }
    return await work();
  } finally {
    await Promise.all([holder.end(), watcher.end()]);
  }
}

async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  // A server that goes away fails the query that runs, or the next one.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

async function allWait(client: pg.Client, applicationNames: readonly string[]): Promise<boolean> {
  const { rowCount } = await client.query(
    `select distinct application_name from pg_stat_activity
     where application_name = any($1::text[]) and wait_event_type = 'Lock' and datname = current_database()`,
    [applicationNames],
  );
  return rowCount === applicationNames.length;
}

/**
 * Runs a statement as somebody does who has the database's password, and no right to: how negative controls spoil rows.
 * @returns how many rows it met
 */
export async function spoilRows(url: string, statement: string, values: readonly unknown[]): Promise<number> {
  const client = await connected(url);
  try {
    const { rowCount } = await client.query(statement, [...values]);
    return rowCount ?? 0;
  } finally {
    await client.end();
  }
}
