import { join } from 'node:path';
import { repositoryRoot } from '@aika/testing';
import { answers } from './answers.js';
import { ManagedProcess } from './managed-process.js';

export interface EdgeOptions {
  readonly brokers: readonly string[];
  readonly namespace: string;
  /** PostgreSQL of the views and of the gateway's idempotency keys. */
  readonly databaseUrl: string;
  readonly ports: { readonly gateway: number; readonly projector: number };
  readonly logDir: string;
  /** More environment for both. */
  readonly env?: Readonly<Record<string, string>>;
  readonly onProgress?: (line: string) => void;
  /** Aborted, a start that is under way is given up. */
  readonly signal?: AbortSignal;
}

export const EDGE_APPS = ['projector', 'gateway'] as const;
export type EdgeApp = (typeof EDGE_APPS)[number];

const READY_BOUND_MS = 60_000;

/** The read side and the HTTP edge as processes of their own: projector and gateway. */
export class EdgeProcesses {
  private readonly running = new Map<EdgeApp, ManagedProcess>();

  private constructor(private readonly options: EdgeOptions) {}

  /** Starts both and waits until views are kept and the API answers. */
  static async start(options: EdgeOptions): Promise<EdgeProcesses> {
    const edge = new EdgeProcesses(options);
    try {
      for (const app of EDGE_APPS) edge.startApp(app);
      await Promise.all(EDGE_APPS.map((app) => edge.untilReady(app)));
      return edge;
    } catch (error) {
      await edge.stop();
      throw error;
    }
  }

  /** Where the API is, such as `http://127.0.0.1:3100`. */
  get url(): string {
    return `http://127.0.0.1:${this.options.ports.gateway}`;
  }

  /** The newest process of it. */
  app(name: EdgeApp): ManagedProcess {
    const found = this.running.get(name);
    if (!found) throw new Error(`${name} has not been started.`);
    return found;
  }

  /** Starts it (again); the one before it must be gone. */
  startApp(name: EdgeApp): ManagedProcess {
    const { brokers, namespace, databaseUrl, ports, logDir, env } = this.options;
    const started = ManagedProcess.start({
      name,
      program: join(repositoryRoot(), 'apps', name, 'dist', 'main.js'),
      logFile: join(logDir, `${name}.log`),
      env: {
        KAFKA_BROKERS: brokers.join(','),
        AIKA_NAMESPACE: namespace,
        AIKA_INSTANCE_ID: name,
        AIKA_HTTP_PORT: String(ports[name]),
        DATABASE_URL: databaseUrl,
        ...env,
      },
    });
    this.running.set(name, started);
    return started;
  }

  async untilReady(name: EdgeApp): Promise<void> {
    const app = this.app(name);
    const url = `http://127.0.0.1:${this.options.ports[name]}/health/ready`;
    await app.until(() => answers(url), READY_BOUND_MS, this.options.signal);
    this.options.onProgress?.(`${name} is ready (pid ${app.pid})`);
  }

  async stop(): Promise<void> {
    await this.running.get('gateway')?.stop();
    await this.running.get('projector')?.stop();
  }
}
