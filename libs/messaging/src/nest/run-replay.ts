import type { Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { LogError } from '../ports/index.js';
import { ReplayError, type ReplayProgress, type ReplayReport } from '../replay/index.js';
import type { AikaTransport } from './aika.transport.js';
import { parseReplaySettings } from './replay-settings.js';
import { ReplayTransport } from './replay.transport.js';
import { TRANSPORT } from './tokens.js';

/** What a process that replays tells: to its parent over IPC, else as one JSON object a line on standard output. */
export type ReplayNotice =
  | { readonly type: 'replay-progress'; readonly progress: ReplayProgress }
  | { readonly type: 'replay-report'; readonly report: ReplayReport }
  | { readonly type: 'replay-refused'; readonly code: string; readonly message: string };

/** Exit codes of a replay. */
export const REPLAY_EXIT = { same: 0, different: 1, refused: 2 } as const;

const PROGRESS_EVERY_MS = 200;

/**
 * Does an agent's history again in a process of its own, and tells what came out. Ends with 0 when it is the same, 1
 * when not, 2 when it cannot be done. SIGTERM and SIGINT end it cleanly.
 */
export async function runReplay(module: Type, settings: string): Promise<void> {
  const request = parseReplaySettings(settings);
  const app = await NestFactory.create(module, { logger: ['error'], abortOnError: false });
  const transport = new ReplayTransport(app.get<AikaTransport>(TRANSPORT).transportOptions);
  app.connectMicroservice({ strategy: transport }, { inheritAppConfig: true });
  const stop = stopSignal();
  try {
    await app.startAllMicroservices();
    const report = await transport.replay({ request, signal: stop, onProgress: progressTeller() });
    await tell({ type: 'replay-report', report });
    process.exitCode = report.isSame ? REPLAY_EXIT.same : REPLAY_EXIT.different;
  } catch (error) {
    if (!(error instanceof ReplayError || error instanceof LogError)) throw error;
    await tell({ type: 'replay-refused', code: error.code, message: error.message });
    process.exitCode = REPLAY_EXIT.refused;
  } finally {
    await app.close();
    if (process.connected) process.disconnect();
  }
}

function stopSignal(): AbortSignal {
  const stop = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop.abort());
  if (process.connected) process.once('disconnect', () => stop.abort());
  return stop.signal;
}

function progressTeller(): (progress: ReplayProgress) => void {
  let toldAt = -Infinity;
  return (progress) => {
    if (performance.now() - toldAt < PROGRESS_EVERY_MS && progress.done < progress.of) return;
    toldAt = performance.now();
    void tell({ type: 'replay-progress', progress });
  };
}

async function tell(notice: ReplayNotice): Promise<void> {
  await new Promise<void>((resolve) => {
    // A parent that is gone needs no answer: the disconnection stops the replay.
    if (process.send) process.send(notice, () => resolve());
    else process.stdout.write(`${JSON.stringify(notice)}\n`, () => resolve());
  });
}
