import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chownSync, closeSync, existsSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { identify, type ProcessIdentity } from '../local-cluster/process-identity.js';
import { PlatformError } from '../platform-error.js';
import type { PostgresBinaries } from './postgres-binaries.js';
import { databaseDirOf } from './postgres-state.js';
import type { SystemUser } from './unprivileged-user.js';

/** Loopback only, no password: for one person's machine, like the local brokers. */
export const POSTGRES_USER = 'aika';

export type ServerOptions = {
  readonly dataDir: string;
  readonly port: number;
  readonly binaries: PostgresBinaries;
  readonly user: SystemUser | undefined;
  /** The data are not needed after a crash of the machine: nothing is flushed. */
  readonly throwAway: boolean;
};

const START_TIMEOUT_MS = 60_000;
const POLL_MS = 20;
const RESTART_TIMEOUT_MS = 20_000;
const RESTART_PAUSE_MS = 200;

/** One PostgreSQL server as a child of this process. */
export class PostgresServer {
  private process: ChildProcess | undefined;
  private ended: Promise<void> = Promise.resolve();
  private wasKilled = false;

  constructor(
    private readonly options: ServerOptions,
    /** Told when the server has started or ended. */
    private readonly onChange: () => void,
  ) {}

  get identity(): ProcessIdentity | null {
    const pid = this.process?.pid;
    return pid === undefined ? null : (identify(pid) ?? null);
  }

  /**
   * Makes the database folder if there is none, starts the server and resolves when it takes connections. Sessions of
   * one that was killed go by themselves within seconds; until then a start is refused and tried again.
   */
  async start(): Promise<void> {
    if (this.process) return;
    this.initialise();
    const deadline = Date.now() + RESTART_TIMEOUT_MS;
    for (;;) {
      try {
        return await this.startOnce();
      } catch (error) {
        if (!this.wasKilled || Date.now() > deadline) throw error;
        await sleep(RESTART_PAUSE_MS);
      }
    }
  }

  private async startOnce(): Promise<void> {
    const child = this.spawnServer();
    this.process = child;
    this.ended = new Promise((resolve) => {
      child.once('close', () => {
        this.process = undefined;
        this.onChange();
        resolve();
      });
    });
    this.onChange();
    await this.ready(child);
    this.wasKilled = false;
  }

  /** SIGINT ends sessions and flushes; SIGQUIT and SIGKILL leave it to the next start to recover. */
  async signal(signal: NodeJS.Signals): Promise<void> {
    const child = this.process;
    if (!child) return;
    this.wasKilled = true;
    child.kill(signal);
    if (signal !== 'SIGSTOP' && signal !== 'SIGCONT') await this.ended;
  }

  private initialise(): void {
    const { dataDir, binaries, user, throwAway } = this.options;
    const folder = databaseDirOf(dataDir);
    if (existsSync(join(folder, 'PG_VERSION'))) return;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (user) chownSync(folder, user.uid, user.gid);
    const flags = ['--auth=trust', '--encoding=UTF8', '--locale=C', ...(throwAway ? ['--no-sync'] : [])];
    const run = spawnSync(binaries.initdb, ['-D', folder, '-U', POSTGRES_USER, ...flags], {
      ...user,
      env: environment(),
      encoding: 'utf8',
    });
    if (run.status === 0) return;
    const reason = run.error?.message ?? run.stderr.trim();
    const hint = user ? ` It runs as user ${user.uid}, who has to be able to reach that folder.` : '';
    throw new PlatformError(
      'POSTGRES_NOT_STARTED',
      `PostgreSQL could not be set up in ${folder}: ${reason}.${hint}`,
    );
  }

  private spawnServer(): ChildProcess {
    const { dataDir, binaries, user, port, throwAway } = this.options;
    const settings = {
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      ...(throwAway ? { fsync: 'off', full_page_writes: 'off' } : {}),
    };
    const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const log = openSync(logOf(dataDir), 'a');
    try {
      return spawn(binaries.postgres, ['-D', databaseDirOf(dataDir), '-p', String(port), ...flags], {
        ...user,
        stdio: ['ignore', log, log],
        env: environment(),
      });
    } finally {
      closeSync(log);
    }
  }

  /** The server writes its state into its pid file; its last line says when it is ready. */
  private async ready(child: ChildProcess): Promise<void> {
    const deadline = Date.now() + START_TIMEOUT_MS;
    let failure: string | undefined;
    child.once('error', (error) => (failure = error.message));
    child.once('exit', (code, signal) => (failure ??= `it ended (${code ?? signal})`));
    while (!isReady(this.options.dataDir, child.pid)) {
      if (failure === undefined && Date.now() > deadline) failure = 'it was not ready in time';
      if (failure !== undefined) {
        const message = `PostgreSQL was not started: ${failure}; see ${logOf(this.options.dataDir)}`;
        throw new PlatformError('POSTGRES_NOT_STARTED', message);
      }
      await sleep(POLL_MS);
    }
  }
}

const logOf = (dataDir: string): string => join(dataDir, 'postgres.log');

/** Nothing of the owner's: PGDATA, PGPORT and the like would change what is started. */
function environment(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], TZ: 'UTC', LC_ALL: 'C' };
}

function isReady(dataDir: string, pid: number | undefined): boolean {
  try {
    const lines = readFileSync(join(databaseDirOf(dataDir), 'postmaster.pid'), 'utf8').split('\n');
    return lines[0] === String(pid) && lines[7]?.trim() === 'ready';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
