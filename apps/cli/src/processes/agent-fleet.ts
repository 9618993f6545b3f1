import { join } from 'node:path';
import { ManagedProcess, repositoryRoot } from '@aika/testing';
import { answers } from './answers.js';
import { serviceEnvironment } from './service-environment.js';

export interface FleetOptions {
  readonly brokers: readonly string[];
  readonly namespace: string;
  /** Health ports of the agents in the order of `AGENT_APPS`, and the sandbox's. */
  readonly ports: { readonly agents: readonly number[]; readonly payments: number };
  /** Instances of each agent; further ones take a free port. Default 1. */
  readonly instances?: number;
  readonly logDir: string;
  readonly paymentsDatabase: string;
  /** Folder of the agents' local copies of state. */
  readonly stateDir: string;
  /** More environment for the agents. */
  readonly env?: Readonly<Record<string, string>>;
  readonly onProgress?: (line: string) => void;
  /** Aborted, a start that is under way is given up. */
  readonly signal?: AbortSignal;
}

export const AGENT_APPS = ['risk-agent', 'policy-agent', 'claims-agent', 'customer-agent'] as const;
export type AgentApp = (typeof AGENT_APPS)[number];

const READY_BOUND_MS = 60_000;

/** The four agents and the payment sandbox as processes of their own. */
export class AgentFleet {
  private constructor(
    private sandbox: ManagedProcess,
    readonly agents: ReadonlyMap<string, ManagedProcess>,
    readonly paymentsUrl: string,
    private readonly options: FleetOptions,
  ) {}

  /** Starts all and waits until every agent owns its partitions. */
  static async start(options: FleetOptions): Promise<AgentFleet> {
    const paymentsUrl = `http://127.0.0.1:${options.ports.payments}`;
    const payments = startSandbox(options);
    const agents = new Map<string, ManagedProcess>();
    const fleet = new AgentFleet(payments, agents, paymentsUrl, options);
    try {
      for (const app of AGENT_APPS) {
        for (let n = 0; n < (options.instances ?? 1); n++) fleet.startAgent(app, n);
      }
      await payments.until(() => answers(`${paymentsUrl}/health`), READY_BOUND_MS, options.signal);
      await Promise.all([...agents.keys()].map((name) => fleet.untilReady(name)));
      return fleet;
    } catch (error) {
      await fleet.stop();
      throw error;
    }
  }

  startAgent(app: AgentApp, instance: number): ManagedProcess {
    const name = instance === 0 ? app : `${app}-${instance + 1}`;
    const { brokers, namespace, logDir, stateDir, env } = this.options;
    const started = ManagedProcess.start({
      name,
      program: join(repositoryRoot(), 'apps', app, 'dist', 'main.js'),
      logFile: join(logDir, `${name}.log`),
      env: {
        ...serviceEnvironment({ brokers, namespace, name, port: this.healthPort(app, instance) }),
        AIKA_PAYMENTS_URL: this.paymentsUrl,
        AIKA_STATE_DIR: stateDir,
        ...env,
      },
    });
    this.mutableAgents.set(name, started);
    return started;
  }

  async untilReady(name: string): Promise<void> {
    const agent = this.agents.get(name);
    if (!agent) throw new Error(`No agent ${name} in this fleet: ${[...this.agents.keys()].join(', ')}.`);
    const port = agent.spec.env['AIKA_HTTP_PORT'];
    const isReady = () => answers(`http://127.0.0.1:${port}/health/ready`);
    await agent.until(isReady, READY_BOUND_MS, this.options.signal);
    this.options.onProgress?.(`${name} is ready (pid ${agent.pid})`);
  }

  /** The payment sandbox. */
  get payments(): ManagedProcess {
    return this.sandbox;
  }

  /** kill -9 of the sandbox, and a new start with the same ledger. */
  async restartPayments(): Promise<void> {
    await this.sandbox.killed();
    this.sandbox = startSandbox(this.options);
    await this.sandbox.until(() => answers(`${this.paymentsUrl}/health`), READY_BOUND_MS);
  }

  async stop(): Promise<void> {
    await Promise.all([...this.agents.values()].map((agent) => agent.stop()));
    await this.sandbox.stop();
  }

  private get mutableAgents(): Map<string, ManagedProcess> {
    return this.agents as Map<string, ManagedProcess>;
  }

  private healthPort(app: AgentApp, instance: number): number {
    const first = this.options.ports.agents[AGENT_APPS.indexOf(app)] ?? 0;
    return first + 10 * instance;
  }
}

function startSandbox({ ports, logDir, paymentsDatabase }: FleetOptions): ManagedProcess {
  return ManagedProcess.start({
    name: 'payments-sandbox',
    program: join(repositoryRoot(), 'apps', 'payments-sandbox', 'dist', 'main.js'),
    logFile: join(logDir, 'payments-sandbox.log'),
    env: { AIKA_PAYMENTS_PORT: String(ports.payments), AIKA_PAYMENTS_DB: paymentsDatabase },
  });
}
