import type { BenchCluster } from '../cluster/bench-cluster.js';
import type { BenchProcess } from './bench-process.js';
import { benchLogin } from './login.js';
import { startService } from './start-app.js';
import { untilReady } from './until-ready.js';

type App = 'projector' | 'gateway';
const READY_MS = 60_000;

/** Projector and gateway, a process each. */
export class Edge {
  private constructor(
    readonly url: string,
    /** Who asks, where the gateway asks who it is. */
    readonly token: string | undefined,
    private readonly processes: Readonly<Record<App, BenchProcess>>,
  ) {}

  /** Resolves when both are ready. @throws Error when one does not come up; then none runs */
  static async start(cluster: BenchCluster, databaseUrl: string): Promise<Edge> {
    const env = { DATABASE_URL: databaseUrl };
    const login = await benchLogin();
    const projector = startService('projector', cluster, env);
    const gateway = startService('gateway', cluster, { ...env, ...login?.env });
    const processes = { projector, gateway };
    try {
      const ready = [gateway, projector].map((process) => untilReady(process, '/health/ready', READY_MS));
      const [url = ''] = await Promise.all(ready);
      return new Edge(url, login?.token, processes);
    } catch (error) {
      await stopped(processes);
      throw error;
    }
  }

  pid(app: App): number {
    return this.processes[app].pid;
  }

  async stop(): Promise<void> {
    await stopped(this.processes);
  }
}

async function stopped({ gateway, projector }: Readonly<Record<App, BenchProcess>>): Promise<void> {
  await gateway.stop();
  await projector.stop();
}
