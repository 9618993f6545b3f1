import { join } from 'node:path';
import { openSealStore, publicKeyFileOf, readTrustedKeys, sealsTopicOf, type SealStore } from '@aika/audit';
import { topicOf } from '@aika/contracts';
import {
  createTestDatabase,
  FailpointControl,
  freePort,
  type ManagedProcess,
  type PostgresHandle,
  type TestDatabase,
} from '@aika/testing';
import { isWhollySealed, until } from '../../e2e/until.js';
import type { World } from '../../e2e/world.js';
import { startSealer } from '../../processes/sealer-process.js';

const INSTANCES = [0, 1] as const;
const RUNS_WITHIN_MS = 60_000;
const DIED_WITHIN_MS = 5_000;
const WHOLE_WITHIN_MS = 40_000;

/** By which PostgreSQL knows the sealers. */
export const SEALERS_NAME = 'aika-faults-sealer';
export const SEALS_TABLE = 'aika_audit.seals';

/** Seals are made all the time, so that every fault meets one that is under way. */
const ENV = {
  AIKA_SESSION_TIMEOUT_MS: '3000',
  AIKA_AUDIT_INTERVAL_MS: '100',
};

/** The part of a sealer's health that is looked at here. */
export interface SealerHealth {
  readonly state: string;
  readonly partitions: readonly number[];
  readonly seals: number;
}

/** The sealers of a kind that needs them. @throws Error when it did not say so */
export function sealsOf({ seals }: { readonly seals: SealsField | undefined }): SealsField {
  if (!seals) throw new Error('This needs the sealers.');
  return seals;
}

/** Two sealers of the audit trail, with a second place in a PostgreSQL that may be killed. */
export class SealsField {
  private readonly running = new Map<number, ManagedProcess>();

  private constructor(
    private readonly world: World,
    readonly postgres: PostgresHandle,
    readonly database: TestDatabase,
    /** Orders for the sealers alone. */
    readonly failpoints: FailpointControl,
    /** The second place, as somebody sees it who verifies. */
    readonly store: SealStore,
    private readonly ports: readonly number[],
  ) {}

  static async open(world: World, postgres: PostgresHandle): Promise<SealsField> {
    const database = await createTestDatabase(postgres.url);
    const failpoints = new FailpointControl(world.folder, 'sealer');
    const ports = await Promise.all(INSTANCES.map(() => freePort()));
    const store = openSealStore(database.url);
    const field = new SealsField(world, postgres, database, failpoints, store, ports);
    try {
      for (const number of INSTANCES) field.start(number);
      await field.allRun();
      return field;
    } catch (error) {
      await field.close();
      throw error;
    }
  }

  /** Full name of the sealed topic. */
  get topic(): string {
    return topicOf(this.world.namespace, 'audit');
  }

  get sealsTopic(): string {
    return sealsTopicOf(this.topic);
  }

  /** Settings of a command that verifies, beside brokers and namespace. */
  get verifierEnv(): Readonly<Record<string, string>> {
    return { AIKA_AUDIT_KEYS: publicKeyFileOf(this.keyFile), AIKA_AUDIT_STORE: this.database.url };
  }

  sealer(number: number): ManagedProcess {
    const found = this.running.get(number);
    if (!found) throw new Error(`Sealer ${number} has not been started.`);
    return found;
  }

  /** 0 or 1, of the sealer with this process id. @throws Error when there is none */
  numberOf(pid: number): number {
    const found = INSTANCES.find((number) => this.sealer(number).pid === pid);
    if (found === undefined) throw new Error(`Process ${pid} is no sealer.`);
    return found;
  }

  /** Starts it (again); the one before it must be gone. */
  start(number: number): void {
    const { brokers, namespace, folder } = this.world;
    const name = number === 0 ? 'audit-sealer' : `audit-sealer-${number + 1}`;
    const url = new URL(this.database.url);
    url.searchParams.set('application_name', SEALERS_NAME);
    const started = startSealer({
      ...{ brokers, namespace, name },
      logDir: join(folder, 'logs'),
      places: { keyFile: this.keyFile, store: url.href },
      env: { ...ENV, ...this.failpoints.env(), AIKA_HTTP_PORT: String(this.ports[number]) },
    });
    this.running.set(number, started);
  }

  startTheDead(): void {
    for (const number of INSTANCES) if (!this.sealer(number).isRunning) this.start(number);
  }

  /** Waits until a sealer is gone that should run. */
  async someoneDied(): Promise<void> {
    await until('a sealer died', DIED_WITHIN_MS, () =>
      Promise.resolve(INSTANCES.some((number) => !this.sealer(number).isRunning)),
    );
  }

  /** Undefined while it does not answer. */
  async health(number: number): Promise<SealerHealth | undefined> {
    try {
      const signal = AbortSignal.timeout(2000);
      const response = await fetch(`http://127.0.0.1:${this.ports[number]}/health`, { signal });
      return (await response.json()) as SealerHealth;
    } catch {
      return undefined;
    }
  }

  /** Seals that both have made since they were started. */
  async sealsMade(): Promise<number> {
    const healths = await Promise.all(INSTANCES.map((number) => this.health(number)));
    return healths.reduce((sum, health) => sum + (health?.seals ?? 0), 0);
  }

  /** Waits until everything is sealed and in both places; what is missing then is the judgement's. */
  async whole(): Promise<void> {
    await until('sealed', WHOLE_WITHIN_MS, () => this.isWhole()).catch(() => undefined);
  }

  /** Whether every record is sealed, in both places. */
  isWhole(): Promise<boolean> {
    const { topic, store, world } = this;
    const keys = readTrustedKeys(publicKeyFileOf(this.keyFile));
    return isWhollySealed({ log: world.log, topic, store, keys });
  }

  /** Brings back what is down. */
  async heal(): Promise<void> {
    this.failpoints.withdraw();
    if (this.postgres.pid === null) await this.postgres.start();
    this.startTheDead();
    await this.allRun();
  }

  async close(): Promise<void> {
    await Promise.all([...this.running.values()].map((sealer) => sealer.stop()));
    await this.store.close();
    await this.database.drop();
  }

  private get keyFile(): string {
    return join(this.world.folder, 'audit', 'key.pem');
  }

  /** Not whether they are ready: a broken chain is the judgement's to tell. */
  private async allRun(): Promise<void> {
    for (const number of INSTANCES) {
      const isRunning = async () => (await this.health(number))?.state === 'RUNNING';
      await this.sealer(number).until(isRunning, RUNS_WITHIN_MS);
    }
  }
}
