import { join } from 'node:path';
import { ManagedProcess, repositoryRoot } from '@aika/testing';
import { answers } from './answers.js';
import { serviceEnvironment } from './service-environment.js';

export interface EdgeOptions {
  readonly brokers: readonly string[];
  readonly namespace: string;
  /** PostgreSQL of the views and of the gateway's idempotency keys. */
  readonly databaseUrl: string;
  /** Of the first instances; instance n of each listens ten ports further on. */
  readonly ports: { readonly gateway: number; readonly projector: number };
  /** Instances of each. Default 1. */
  readonly instances?: number;
  readonly logDir: string;
  /** More environment for both. */
  readonly env?: Readonly<Record<string, string>>;
  /** More for the gateway alone. */
  readonly gatewayEnv?: Readonly<Record<string, string>>;
  readonly onProgress?: (line: string) => void;
  /** Aborted, a start that is under way is given up. */
  readonly signal?: AbortSignal;
}

export const EDGE_APPS = ['projector', 'gateway'] as const;
export type EdgeApp = (typeof EDGE_APPS)[number];

const READY_BOUND_MS = 60_000;

/** The read side and the HTTP edge as processes of their own: projector and gateway. */
export class EdgeProcesses {
  private readonly running = new Map<string, ManagedProcess>();

  private constructor(private readonly options: EdgeOptions) {}

  /** Starts both and waits until views are kept and the API answers. */
  static async start(options: EdgeOptions): Promise<EdgeProcesses> {
    const edge = new EdgeProcesses(options);
    try {
      for (const [app, instance] of edge.all()) edge.startApp(app, instance);
      await Promise.all(edge.all().map(([app, instance]) => edge.untilReady(app, instance)));
      return edge;
    } catch (error) {
      await edge.stop();
      throw error;
    }
  }

  /** Where the API is, such as `http://127.0.0.1:3100`. */
  get url(): string {
    return this.urlOf('gateway', 0);
  }

  /** Where the API is, at each gateway. */
  get urls(): readonly string[] {
    return this.all().flatMap(([app, instance]) => (app === 'gateway' ? [this.urlOf(app, instance)] : []));
  }

  /** The newest process of it. */
  app(name: EdgeApp, instance = 0): ManagedProcess {
    const found = this.running.get(nameOf(name, instance));
    if (!found) throw new Error(`${nameOf(name, instance)} has not been started.`);
    return found;
  }

  /** Starts it (again); the one before it must be gone. */
  startApp(name: EdgeApp, instance = 0): ManagedProcess {
    const { brokers, namespace, databaseUrl, logDir, env, gatewayEnv } = this.options;
    const instanceId = nameOf(name, instance);
    const started = ManagedProcess.start({
      name: instanceId,
      program: join(repositoryRoot(), 'apps', name, 'dist', 'main.js'),
      logFile: join(logDir, `${instanceId}.log`),
      env: {
        ...serviceEnvironment({
          brokers,
          namespace,
          name: instanceId,
          port: this.portOf(name, instance),
        }),
        DATABASE_URL: databaseUrl,
        ...env,
        ...(name === 'gateway' && gatewayEnv),
      },
    });
    this.running.set(instanceId, started);
    return started;
  }

  async untilReady(name: EdgeApp, instance = 0): Promise<void> {
    const app = this.app(name, instance);
    const url = `${this.urlOf(name, instance)}/health/ready`;
    await app.until(() => answers(url), READY_BOUND_MS, this.options.signal);
    this.options.onProgress?.(`${nameOf(name, instance)} is ready (pid ${app.pid})`);
  }

  /** Starts again whatever has ended. */
  startTheDead(): void {
    for (const [app, instance] of this.all()) {
      if (!this.app(app, instance).isRunning) this.startApp(app, instance);
    }
  }

  /** Gateways first: they take nothing more, and what they took is projected. */
  async stop(): Promise<void> {
    for (const app of EDGE_APPS.toReversed()) {
      const own = this.all().filter(([name]) => name === app);
      await Promise.all(own.map(([name, n]) => this.running.get(nameOf(name, n))?.stop()));
    }
  }

  private all(): readonly (readonly [app: EdgeApp, instance: number])[] {
    const numbers = Array.from({ length: this.options.instances ?? 1 }, (_, n) => n);
    return EDGE_APPS.flatMap((app) => numbers.map((n) => [app, n] as const));
  }

  private urlOf(app: EdgeApp, instance: number): string {
    return `http://127.0.0.1:${this.portOf(app, instance)}`;
  }

  private portOf(app: EdgeApp, instance: number): number {
    return this.options.ports[app] + 10 * instance;
  }
}

function nameOf(app: EdgeApp, instance: number): string {
  return instance === 0 ? app : `${app}-${instance + 1}`;
}
