import { join } from 'node:path';
import { createTestDatabase, freePort, type PostgresHandle, type TestDatabase } from '@aika/testing';
import { openViews, type ViewsDatabase } from '@aika/views';
import type { World } from '../../e2e/world.js';
import { EdgeProcesses } from '../../processes/edge-processes.js';
import { CLAIM_STEPS } from '../verdict.js';
import { HttpCaller } from './http-caller.js';
import { StreamReader } from './stream-reader.js';
import { ViewReader } from './view-reader.js';

const INSTANCES = [0, 1] as const;
const PORT_OFFSETS = INSTANCES.map((n) => 10 * n);

/** After this PostgreSQL ends a statement, or a transaction that stands idle. */
export const DATABASE_TIMEOUT_MS = 3_000;

const ENV = {
  AIKA_AUTH: 'off',
  AIKA_SESSION_TIMEOUT_MS: '3000',
  AIKA_DATABASE_TIMEOUT_MS: String(DATABASE_TIMEOUT_MS),
  AIKA_REQUEST_TIMEOUT_MS: '6000',
  AIKA_MAX_WAIT_MS: '4000',
  AIKA_HEARTBEAT_MS: '1000',
};

/** What stands on the log of a claim's way, and the answers: what the reader of the stream asks for. */
export const STREAMED_TYPES = ['COVERAGE_QUESTION_ANSWERED', ...CLAIM_STEPS] as const;

/** The edge of a kind that needs it. @throws Error when it did not say so */
export function edgeOf({ edge }: { readonly edge: EdgeField | undefined }): EdgeField {
  if (!edge) throw new Error('This needs the edge.');
  return edge;
}

/** Two projectors and two gateways on a PostgreSQL that may be killed, with those who use them. */
export class EdgeField {
  private constructor(
    readonly processes: EdgeProcesses,
    readonly postgres: PostgresHandle,
    readonly database: TestDatabase,
    readonly db: ViewsDatabase,
    readonly caller: HttpCaller,
    readonly reader: ViewReader,
    readonly stream: StreamReader,
  ) {}

  static async open(world: World, postgres: PostgresHandle): Promise<EdgeField> {
    const database = await createTestDatabase(postgres.url);
    const processes = await EdgeProcesses.start({
      brokers: world.brokers,
      namespace: world.namespace,
      databaseUrl: database.url,
      ports: await twoPorts(),
      instances: INSTANCES.length,
      logDir: join(world.folder, 'logs'),
      env: ENV,
    });
    const { urls } = processes;
    const db = openViews(database.url, { maxConnections: 2, applicationName: 'aika-faults' });
    const [caller, reader] = [new HttpCaller(urls), new ViewReader(urls)];
    const edge = new EdgeField(
      processes,
      postgres,
      database,
      db,
      caller,
      reader,
      new StreamReader(urls, STREAMED_TYPES),
    );
    await edge.stream.start();
    reader.start();
    return edge;
  }

  /** Brings back what is down, and waits until it serves. */
  async heal(): Promise<void> {
    if (this.postgres.pid === null) await this.postgres.start();
    this.processes.startTheDead();
    await this.ready();
  }

  async ready(): Promise<void> {
    for (const number of INSTANCES) {
      await Promise.all([
        this.processes.untilReady('projector', number),
        this.processes.untilReady('gateway', number),
      ]);
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.reader.stop(), this.stream.stop()]);
    await this.processes.stop();
    await this.db.destroy();
    await this.database.drop();
  }
}

async function twoPorts(): Promise<{ readonly gateway: number; readonly projector: number }> {
  const gateway = await freePort(PORT_OFFSETS);
  for (;;) {
    const projector = await freePort(PORT_OFFSETS);
    if (Math.abs(projector - gateway) !== 10 && projector !== gateway) return { gateway, projector };
  }
}
