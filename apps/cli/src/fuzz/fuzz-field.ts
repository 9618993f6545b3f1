import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AskCoverageQuestion } from '@aika/contracts';
import { partitionFor } from '@aika/messaging';
import { createTopics, freePort, startTestCluster, startTestPostgres } from '@aika/testing';
import { connect } from '../commands/connection.js';
import { identityTask } from '../identity/identity-process.js';
import { freePorts } from '../e2e/free-ports.js';
import { AgentFleet } from '../processes/agent-fleet.js';
import { EdgeProcesses } from '../processes/edge-processes.js';
import { type Stoppable, stopOneByOne } from '../processes/start-together.js';

/** Below the repository: data and logs of the brokers and of the database. */
const CLUSTER_DIR = '.aika/fuzz-cluster';
const POSTGRES_DIR = '.aika/fuzz-postgres';

const PORTS = '29892,29893,29894';
const CONTROLLER_PORTS = '29992,29993,29994';
const POSTGRES_PORT = '25532';

const NAMESPACE = 'aika';

/** No limit on the rate, as one client sends everything. */
const NO_LIMITS = {
  AIKA_RATE_LIMIT: '1000000',
  AIKA_RATE_LIMIT_PER_CALLER: '1000000',
  AIKA_RATE_LIMIT_PER_CUSTOMER: '1000000',
};
/** Together they may use every route. */
const CALLER = {
  subject: 'fuzz',
  roles: ['manager', 'agent-operator', 'auditor'] as const,
  lifetimeSeconds: 86_400,
};

/** The whole system on brokers and a database of its own, which end with this process. */
export class FuzzField {
  private constructor(
    readonly url: string,
    /** Login of who sends the requests: of a key that goes with the field. */
    readonly token: string,
    private readonly brokers: readonly string[],
    private readonly started: readonly Stoppable[],
  ) {}

  /** @param logDir where the processes leave their logs */
  static async open(
    logDir: string,
    onProgress: (line: string) => void,
    env: NodeJS.ProcessEnv = process.env,
  ): Promise<FuzzField> {
    const started: Stoppable[] = [];
    try {
      const { url, token, brokers } = await start(logDir, onProgress, env, started);
      return new FuzzField(url, token, brokers, started);
    } catch (error) {
      await stopOneByOne(started.toReversed());
      throw error;
    }
  }

  /** Sends records that no agent can handle. They become dead letters. */
  async sendBad(count: number): Promise<void> {
    const { log, close } = connect({ brokers: this.brokers }, NAMESPACE);
    const topic = `${NAMESPACE}.commands`;
    const writer = await log.createWriter();
    try {
      const partitions = await log.partitionCount(topic);
      const records = Array.from({ length: count }, (_, n) => {
        const customerId = `cust-bad-${n}`;
        const value = n % 3 === 0 ? 'no message at all' : badQuestion(customerId, n);
        return { topic, partition: partitionFor(customerId, partitions), key: customerId, value };
      });
      for (const record of records) await writer.send([record]);
    } finally {
      await writer.close();
      await close();
    }
  }

  async close(): Promise<void> {
    await stopOneByOne(this.started.toReversed());
  }
}

interface Parts {
  readonly url: string;
  readonly token: string;
  readonly brokers: readonly string[];
}

async function start(
  logDir: string,
  onProgress: (line: string) => void,
  env: NodeJS.ProcessEnv,
  started: Stoppable[],
): Promise<Parts> {
  const folder = mkdtempSync(join(tmpdir(), 'aika-fuzz-'));
  started.push({ stop: async () => rmSync(folder, { recursive: true, force: true }) });
  const cluster = await startTestCluster(onProgress, clusterSettings(env), { longLived: true });
  started.push(cluster);
  const postgres = await startTestPostgres(onProgress, {
    AIKA_TEST_POSTGRES_DATA_DIR: POSTGRES_DIR,
    AIKA_TEST_POSTGRES_PORT: env['AIKA_FUZZ_POSTGRES_PORT'] ?? POSTGRES_PORT,
  });
  started.push(postgres);
  const { brokers } = cluster;
  await createTopics({ brokers, environment: 'laptop', namespace: NAMESPACE });
  const all = { brokers, namespace: NAMESPACE, logDir, onProgress };
  const fleet = await AgentFleet.start({
    ...all,
    ports: await freePorts(1),
    paymentsDatabase: join(folder, 'payments.sqlite'),
    stateDir: join(folder, 'state'),
  });
  started.push(fleet);
  const identityDir = join(folder, 'identity');
  const { tokens = [] } = await identityTask({ do: 'prepare', dir: identityDir, logins: [CALLER] });
  const edge = await EdgeProcesses.start({
    ...all,
    databaseUrl: postgres.url,
    ports: { gateway: await freePort(), projector: await freePort() },
    env: { ...NO_LIMITS, AIKA_AUTH: 'local', AIKA_IDENTITY_DIR: identityDir },
  });
  started.push(edge);
  return { url: edge.url, token: tokens[0] ?? '', brokers };
}

function clusterSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return {
    AIKA_TEST_DATA_DIR: CLUSTER_DIR,
    AIKA_TEST_KAFKA_PORTS: env['AIKA_FUZZ_KAFKA_PORTS'] ?? PORTS,
    AIKA_TEST_KAFKA_CONTROLLER_PORTS: env['AIKA_FUZZ_KAFKA_CONTROLLER_PORTS'] ?? CONTROLLER_PORTS,
  };
}

function badQuestion(customerId: string, n: number): string {
  return JSON.stringify({
    messageId: `msg-bad-${n}`,
    timestamp: new Date().toISOString(),
    sourceAgentId: 'aika-fuzz',
    messageType: AskCoverageQuestion.type,
    payload: { customerId, policyId: 'pol-of-nobody', peril: 'DRAGONS' },
  });
}
