import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createKafkaAdmin } from '@aika/messaging/kafka';
import { createTestDatabase, freePort, loadTopics, type TestDatabase } from '@aika/testing';
import { freePorts } from './free-ports.js';

const CLI = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const BOUND_MS = 60_000;

/** What `aika start` needs for itself on the test cluster: a namespace, a database, ports and a folder. */
export class StartGround {
  private constructor(
    private readonly brokers: string,
    readonly namespace: string,
    private readonly database: TestDatabase,
    readonly folder: string,
    private readonly ports: Readonly<Record<string, string>>,
  ) {}

  static async create(namespace: string): Promise<StartGround> {
    const { agents, payments } = await freePorts(1);
    const ports = {
      AIKA_AGENT_PORTS: agents.join(','),
      AIKA_PAYMENTS_PORT: String(payments),
      AIKA_GATEWAY_PORT: String(await freePort()),
      AIKA_PROJECTOR_PORT: String(await freePort()),
    };
    const folder = mkdtempSync(join(tmpdir(), 'aika-start-'));
    const brokers = process.env['KAFKA_BROKERS'] ?? '';
    return new StartGround(brokers, namespace, await createTestDatabase(), folder, ports);
  }

  /** `aika start …` as a process of its own. */
  start(...flags: readonly string[]): StartedCommand {
    return this.aika('start', ...flags);
  }

  /** Any command of `aika`, where the same things are. */
  aika(...words: readonly string[]): StartedCommand {
    const child = spawn(process.execPath, [CLI, ...words], {
      env: {
        ...process.env,
        ...this.ports,
        ...this.cluster,
        DATABASE_URL: this.database.url,
        AIKA_NAMESPACE: this.namespace,
        AIKA_RUN_DIR: this.folder,
        AIKA_SESSION_TIMEOUT_MS: '3000',
        AIKA_AUDIT_INTERVAL_MS: '200',
        // What is compressed cannot be found on a disk, sealed or not.
        AIKA_COMPRESSION: 'none',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return new StartedCommand(child);
  }

  /** The test cluster as that of a clone, which it is; as given brokers where it is not. */
  private get cluster(): Readonly<Record<string, string>> {
    const stateFile = process.env['AIKA_TEST_CLUSTER_STATE'];
    return stateFile === undefined
      ? { KAFKA_BROKERS: this.brokers }
      : { KAFKA_BROKERS: '', AIKA_DATA_DIR: dirname(stateFile), AIKA_PLATFORM: 'local' };
  }

  async close(): Promise<void> {
    const admin = createKafkaAdmin({ brokers: this.brokers.split(','), clientId: 'e2e' });
    const topics = loadTopics({ environment: 'test', namespace: this.namespace });
    await admin.deleteTopics(topics.map(({ name }) => name));
    await admin.close();
    await this.database.drop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A command that runs, and what it has said. */
export class StartedCommand {
  out = '';
  err = '';

  constructor(private readonly child: ChildProcess) {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (this.out += text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.err += text));
  }

  /** Waits for words on one of its streams. @throws Error with all it said, when it ends before or is late */
  async until(stream: 'out' | 'err', words: RegExp): Promise<RegExpExecArray> {
    const deadline = Date.now() + BOUND_MS;
    for (;;) {
      const found = words.exec(this[stream]);
      if (found) return found;
      if (this.child.exitCode !== null || Date.now() > deadline) {
        throw new Error(`${String(words)} was not said, but:\n${this.out}\n${this.err}`);
      }
      await delay(20);
    }
  }

  /** Resolves when it has ended by itself. @returns the exit code */
  async ended(): Promise<number | null> {
    if (this.child.exitCode === null) await once(this.child, 'close');
    return this.child.exitCode;
  }

  /** Of the processes that it has told of. */
  get pids(): readonly number[] {
    return [...this.err.matchAll(/\(pid (\d+)\)/g)].map(([, pid]) => Number(pid));
  }

  /** Sends a signal, unless it has ended. @returns the exit code, null when a signal ended it */
  async end(signal: NodeJS.Signals): Promise<number | null> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return this.child.exitCode;
    const exited = once(this.child, 'exit');
    this.child.kill(signal);
    await exited;
    return this.child.exitCode;
  }
}

/** Resolves when none of the processes is left. @throws Error that names those that are */
export async function untilGone(pids: readonly number[]): Promise<void> {
  const deadline = Date.now() + BOUND_MS / 3;
  for (let left = pids; ; left = left.filter(isRunning)) {
    if (left.length === 0) return;
    if (Date.now() > deadline) throw new Error(`Still running: ${left.join(', ')}`);
    await delay(50);
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}
