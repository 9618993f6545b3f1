import {
  type ManagedProcess,
  type Platform,
  type Postgres,
  startPlatform,
  startPostgres,
  wantedPostgresPort,
} from '@aika/testing';
import {
  assertPersonalData,
  environmentOf,
  type PersonalData,
  startPersonalData,
} from '../person/personal-data.js';
import type { AgentFleet } from './agent-fleet.js';
import { EdgeProcesses } from './edge-processes.js';
import { edgePorts, edgePortWishes, fleetPortWishes } from './fleet-ports.js';
import { assertPortsFree } from './free-ports.js';
import { startLocalFleet } from './local-fleet.js';
import { runFolder } from './run-folder.js';
import { startSealer } from './sealer-process.js';
import { startTogether, stopOneByOne } from './start-together.js';

export interface LocalSystemOptions {
  readonly namespace: string;
  readonly onProgress: (line: string) => void;
  /** Aborted, a start that is under way is given up; what it has started is stopped. */
  readonly signal: AbortSignal;
  /** More environment for the gateway. */
  readonly gatewayEnv?: Readonly<Record<string, string>>;
}

/** All of Aika on this machine: brokers, PostgreSQL, agents, projector, gateway and the sealer of the audit trail. */
export class LocalSystem {
  private constructor(
    readonly platform: Platform,
    private readonly postgres: Postgres,
    /** How it is kept. */
    readonly personalData: PersonalData,
    readonly fleet: AgentFleet,
    readonly edge: EdgeProcesses,
    private readonly sealer: ManagedProcess,
  ) {}

  /**
   * Starts what does not run yet, and waits until all of it can be used.
   *
   * @throws PlatformError with a message that says what to do; the signal's reason when that is aborted; then nothing
   * that it started is left running
   */
  static async start({
    namespace,
    onProgress,
    signal,
    gatewayEnv = {},
  }: LocalSystemOptions): Promise<LocalSystem> {
    assertPersonalData();
    await assertPortsFree([...fleetPortWishes(), ...edgePortWishes(), ...wantedPostgresPort()]);
    const [platform, postgres] = await startTogether([
      startPlatform({ lease: 'owner', namespace, onProgress, signal }),
      startPostgres({ lease: 'owner', onProgress, signal }),
    ]);
    try {
      signal.throwIfAborted();
      const { brokers } = platform;
      const personalData = startPersonalData(platform);
      const env = environmentOf(personalData);
      const [fleet, edge] = await startTogether([
        startLocalFleet({ brokers, namespace, env, onProgress, signal }),
        EdgeProcesses.start({
          brokers,
          namespace,
          databaseUrl: postgres.url,
          ports: edgePorts(),
          logDir: runFolder().logDir,
          // The projector sees what the log holds: it gets no key.
          gatewayEnv: { ...gatewayEnv, ...env },
          onProgress,
          signal,
        }),
      ]);
      const sealer = startSealer({ brokers, namespace, logDir: runFolder().logDir });
      onProgress(`audit-sealer is started (pid ${sealer.pid})`);
      return new LocalSystem(platform, postgres, personalData, fleet, edge, sealer);
    } catch (error) {
      await stopOneByOne([postgres, platform]);
      throw error;
    }
  }

  get brokers(): readonly string[] {
    return this.platform.brokers;
  }

  /** Callers first, then who serves them: nobody meets a part that is gone already. */
  async stop(): Promise<void> {
    await stopOneByOne([this.edge, this.fleet, this.sealer, this.postgres, this.platform]);
  }
}
