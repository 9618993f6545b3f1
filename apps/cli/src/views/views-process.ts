import { join } from 'node:path';
import { findPostgresUrl, ManagedProcess, PlatformError, repositoryRoot } from '@aika/testing';
import { cliSettings } from '../commands/cli-settings.js';
import { runningCluster } from '../commands/connection.js';
import { untilInterrupted } from '../commands/interruption.js';

/** The projector's program does the work, in a process of its own; these are its task and its report as JSON. */
export interface ViewsTask {
  readonly do: 'rebuild' | 'check';
  readonly views: readonly string[];
  readonly limit: number;
}

export interface ViewsReport {
  readonly views?: readonly string[];
  readonly records: number;
  readonly isSame?: boolean;
  readonly tables?: readonly TableReport[];
}

/** How the projector's check reports a table. */
export interface TableReport {
  readonly table: string;
  readonly rows: number;
  readonly differences: number;
  readonly shown: readonly {
    readonly key: string;
    readonly kind: string;
    readonly columns: readonly string[];
  }[];
}

type Notice =
  | { readonly type: 'views-progress'; readonly records: number }
  | { readonly type: 'views-rebuilt' | 'views-checked'; readonly report: ViewsReport }
  | { readonly type: 'views-failed'; readonly message: string };

/** Where the program reads and writes, and where its log goes. */
export interface ViewsPlace {
  readonly brokers: readonly string[];
  readonly namespace: string;
  readonly databaseUrl: string;
  readonly logDir: string;
}

/**
 * @param place default: what runs in this clone
 * @throws PlatformError `VIEWS_TASK_FAILED` with the reason
 */
export async function runViewsTask(
  task: ViewsTask,
  onProgress: (records: number) => void,
  place?: ViewsPlace,
): Promise<ViewsReport> {
  const child = startChild(task, place ?? (await localPlace()));
  let report: ViewsReport | undefined;
  let reason: string | undefined;
  child.onMessage((message) => {
    const notice = message as Notice;
    if (notice.type === 'views-progress') onProgress(notice.records);
    else if (notice.type === 'views-failed') reason = notice.message;
    else report = notice.report;
  });
  // Elsewhere an interruption is the caller's to deal with.
  if (place === undefined) void untilInterrupted().then(() => child.stop());
  const code = await child.exited();
  if (report) return report;
  const told = reason ?? `The projector's program ended with code ${code} and no report:\n${child.logTail()}`;
  throw new PlatformError('VIEWS_TASK_FAILED', told);
}

async function localPlace(): Promise<ViewsPlace> {
  const databaseUrl = findPostgresUrl();
  if (databaseUrl === undefined) {
    throw new PlatformError(
      'POSTGRES_NOT_RUNNING',
      'No PostgreSQL is running here; start it with "aika up".',
    );
  }
  const { brokers } = await runningCluster();
  const logDir = join(repositoryRoot(), '.aika', 'logs');
  return { brokers, namespace: cliSettings().namespace, databaseUrl, logDir };
}

function startChild(
  task: ViewsTask,
  { brokers, namespace, databaseUrl, logDir }: ViewsPlace,
): ManagedProcess {
  return ManagedProcess.start({
    name: `views-${task.do}`,
    program: join(repositoryRoot(), 'apps', 'projector', 'dist', 'main.js'),
    logFile: join(logDir, `views-${task.do}.log`),
    env: {
      KAFKA_BROKERS: brokers.join(','),
      DATABASE_URL: databaseUrl,
      AIKA_NAMESPACE: namespace,
      AIKA_VIEWS_TASK: JSON.stringify(task),
    },
  });
}
