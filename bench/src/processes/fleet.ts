import { type BenchCluster, benchFolder } from '../cluster/bench-cluster.js';
import type { BenchProcess } from './bench-process.js';
import { startApp, startService } from './start-app.js';
import { untilReady } from './until-ready.js';

const AGENTS = ['risk-agent', 'policy-agent', 'claims-agent', 'customer-agent'] as const;
const READY_MS = 120_000;

/** The four agents and the payment sandbox, one process each. */
export class Fleet {
  private constructor(private readonly processes: readonly BenchProcess[]) {}

  /**
   * Resolves when every agent has its partitions.
   *
   * @param settings more of the agents' environment
   * @throws Error when one does not come up; then none runs
   */
  static async start(cluster: BenchCluster, settings: Readonly<Record<string, string>> = {}): Promise<Fleet> {
    const { namespace } = cluster;
    const sandbox = startSandbox(namespace);
    const started = [sandbox];
    const fleet = new Fleet(started);
    try {
      const env = {
        AIKA_STATE_DIR: benchFolder('state', namespace),
        AIKA_PAYMENTS_URL: await untilReady(sandbox, '/health', READY_MS),
        ...settings,
      };
      const agents = AGENTS.map((app) => startService(app, cluster, env));
      started.push(...agents);
      await Promise.all(agents.map((agent) => untilReady(agent, '/health/ready', READY_MS)));
      return fleet;
    } catch (error) {
      await fleet.stop();
      throw error;
    }
  }

  get pids(): readonly number[] {
    return this.processes.map(({ pid }) => pid);
  }

  async stop(): Promise<void> {
    await Promise.all(this.processes.map((process) => process.stop()));
  }
}

function startSandbox(namespace: string): BenchProcess {
  return startApp('payments-sandbox', namespace, {
    AIKA_PAYMENTS_PORT: '0',
    AIKA_PAYMENTS_DB: benchFolder(`${namespace}.sqlite`),
  });
}
