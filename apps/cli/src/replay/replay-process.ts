import { join } from 'node:path';
import type { ReplayProgress, ReplayReport } from '@aika/messaging';
import { REPLAY_VARIABLE, type ReplayNotice } from '@aika/messaging/nest';
import { ManagedProcess, PlatformError, repositoryRoot } from '@aika/testing';
import type { AgentApp } from '../processes/agent-fleet.js';

export interface ReplayProcessOptions {
  readonly app: AgentApp;
  readonly brokers: readonly string[];
  readonly namespace: string;
  /** More environment for the program. */
  readonly env: Readonly<Record<string, string>>;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly onProgress: (progress: ReplayProgress) => void;
}

/** The agent's own program, with its handlers, that does its history again in a process of its own. */
export class ReplayProcess {
  private report: ReplayReport | undefined;
  private refused: string | undefined;
  private isStopped = false;

  private constructor(private readonly child: ManagedProcess) {}

  static start({ app, brokers, namespace, env, settings, onProgress }: ReplayProcessOptions): ReplayProcess {
    const name = `replay-${app}`;
    const child = ManagedProcess.start({
      name,
      program: join(repositoryRoot(), 'apps', app, 'dist', 'main.js'),
      logFile: join(repositoryRoot(), '.aika', 'logs', `${name}.log`),
      env: {
        KAFKA_BROKERS: brokers.join(','),
        AIKA_NAMESPACE: namespace,
        ...env,
        [REPLAY_VARIABLE]: JSON.stringify(settings),
      },
    });
    const started = new ReplayProcess(child);
    child.onMessage((message) => {
      const notice = message as ReplayNotice;
      if (notice.type === 'replay-progress') onProgress(notice.progress);
      if (notice.type === 'replay-report') started.report = notice.report;
      if (notice.type === 'replay-refused') started.refused = notice.message;
    });
    return started;
  }

  /**
   * Undefined when it was stopped before it had anything to tell.
   *
   * @throws PlatformError `REPLAY_REFUSED` with the reason, or with the end of its log
   */
  async result(): Promise<ReplayReport | undefined> {
    const code = await this.child.exited();
    if (this.report || this.isStopped) return this.report;
    const reason =
      this.refused ?? `The replay ended with code ${code} and no report:\n${this.child.logTail()}`;
    throw new PlatformError('REPLAY_REFUSED', reason);
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    await this.child.stop();
  }
}
