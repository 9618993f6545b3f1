import { catalogue } from '@aika/contracts';
import type { RuntimeLogger } from '@aika/messaging';
import { createKafkaLog, kafkaOptionsOf } from '@aika/messaging/kafka';
import { loadSettings, SettingsError } from '@aika/messaging/nest';
import type { ViewName } from '@aika/views';
import { ProjectorSettings } from '../projector.settings.js';
import { RecordReader } from '../record-reader.js';
import { type CheckReport, checkViews, type RebuildReport, rebuildViews } from './rebuild-views.js';

/** Set, the program rebuilds or checks views instead of keeping them, and ends. JSON of a `ViewsTask`. */
export const VIEWS_TASK_VARIABLE = 'AIKA_VIEWS_TASK';

export interface ViewsTask {
  readonly do: 'rebuild' | 'check';
  readonly views: readonly ViewName[];
  /** Differences shown per table. */
  readonly limit: number;
}

/** What it tells whoever started it, over IPC. */
export type ViewsNotice =
  | { readonly type: 'views-progress'; readonly records: number }
  | { readonly type: 'views-rebuilt'; readonly report: RebuildReport }
  | { readonly type: 'views-checked'; readonly report: CheckReport }
  | { readonly type: 'views-failed'; readonly message: string };

const logger: RuntimeLogger = {
  debug: () => undefined,
  info: () => undefined,
  warn: write,
  error: write,
};

function write(message: string, fields: object = {}): void {
  process.stderr.write(`${JSON.stringify({ message, ...fields })}\n`);
}

/** Does the task with the settings of the environment. Exit code 1 when it failed, 2 when settings are wrong. */
export async function runViewsTask(text: string): Promise<void> {
  const stopping = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stopping.abort());
  if (process.connected) process.once('disconnect', () => stopping.abort());
  try {
    await tell(await carryOut(JSON.parse(text) as ViewsTask, stopping.signal));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    write(message);
    await tell({ type: 'views-failed', message });
    process.exitCode = error instanceof SettingsError ? 2 : 1;
  } finally {
    if (process.connected) process.disconnect();
  }
}

async function carryOut(task: ViewsTask, signal: AbortSignal): Promise<ViewsNotice> {
  const settings = loadSettings(ProjectorSettings, process.env);
  const { namespace, stageTopics, databaseUrl } = settings;
  const log = createKafkaLog(kafkaOptionsOf(settings));
  const reader = new RecordReader({ namespace, catalogue: catalogue.withStageTopics(stageTopics) });
  const onProgress = (records: number): void => void tell({ type: 'views-progress', records });
  const options = { databaseUrl, log, reader, logger, batchSize: 5000, signal, onProgress };
  try {
    if (task.do === 'rebuild') {
      return { type: 'views-rebuilt', report: await rebuildViews(task.views, options) };
    }
    const report = await checkViews(task.views, { ...options, limit: task.limit });
    return { type: 'views-checked', report };
  } finally {
    await log.close();
  }
}

function tell(notice: ViewsNotice): Promise<void> {
  return new Promise((resolve) => {
    if (!process.connected || !process.send) return resolve();
    // Whoever asked is gone: nobody waits for it.
    process.send(notice, () => resolve());
  });
}
