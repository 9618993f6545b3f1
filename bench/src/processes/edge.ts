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
    const projector = await startService('projector', cluster, env);
    const gateway = await startService('gateway', cluster, { ...env, ...login?.env });
    const edge = new Edge(gateway.url, login?.token, {
      projector: projector.process,
      gateway: gateway.process,
    });
    try {
      const ready = [projector, gateway].map(({ process, url }) =>
        untilReady(process, `${url}/health/ready`, READY_MS),
      );
      await Promise.all(ready);
      return edge;
    } catch (error) {
      await edge.stop();
      throw error;
    }
  }

  pid(app: App): number {
    return this.processes[app].pid;
  }

  async stop(): Promise<void> {
    await this.processes.gateway.stop();
    await this.processes.projector.stop();
  }
}
