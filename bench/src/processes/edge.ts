import type { BenchCluster } from '../cluster/bench-cluster.js';
import type { BenchProcess } from './bench-process.js';
import { startService } from './start-app.js';
import type { Trust } from './trust.js';
import { untilReady } from './until-ready.js';

type App = 'projector' | 'gateway' | 'audit-sealer';
type Processes = Readonly<Partial<Record<App, BenchProcess>>>;
const READY_MS = 60_000;

/** Projector and gateway, and where there is an audit trail its sealer, a process each. */
export class Edge {
  private constructor(
    readonly url: string,
    private readonly processes: Processes,
  ) {}

  /** Resolves when all are ready. @throws Error when one does not come up; then none runs */
  static async start(cluster: BenchCluster, databaseUrl: string, trust?: Trust): Promise<Edge> {
    const env = { DATABASE_URL: databaseUrl };
    const gateway = startService('gateway', cluster, { ...env, ...trust?.logins, ...trust?.personalData });
    const processes = {
      gateway,
      projector: startService('projector', cluster, env),
      ...(trust ? { 'audit-sealer': startService('audit-sealer', cluster, trust.seals) } : {}),
    };
    try {
      const all = Object.values(processes);
      const ready = all.map((process) => untilReady(process, '/health/ready', READY_MS));
      const [url = ''] = await Promise.all(ready);
      return new Edge(url, processes);
    } catch (error) {
      await stopped(processes);
      throw error;
    }
  }

  /** Process ids by the program's name. */
  get pids(): Readonly<Record<string, readonly number[]>> {
    return Object.fromEntries(Object.entries(this.processes).map(([app, { pid }]) => [app, [pid]]));
  }

  async stop(): Promise<void> {
    await stopped(this.processes);
  }
}

async function stopped(processes: Processes): Promise<void> {
  for (const process of Object.values(processes)) await process.stop();
}
