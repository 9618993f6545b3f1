import type { INestApplication, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type AgentSettings, SettingsError } from './agent-settings.js';
import { consoleLogger } from './nest-logger.js';

/** Silent until the settings are known: they say how to log, and `namingWrongSettings` reports wrong ones. */
export const UNTIL_SETTINGS_ARE_KNOWN = { logger: false, abortOnError: false } as const;

/** Runs what makes a process. Wrong settings end it with exit code 2, each of them named. */
export async function namingWrongSettings(run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  }
}

/**
 * From here on the application logs as its settings say, and stops cleanly on SIGTERM and SIGINT: with exit code 0, as
 * whoever watches processes takes an end by a signal for a failure.
 */
export function asProcess(app: INestApplication, settings: AgentSettings): void {
  app.useLogger(consoleLogger(settings));
  app.enableShutdownHooks(['SIGTERM', 'SIGINT'], { useProcessExit: true });
}

/** Listens; stops also when the process that started this one over IPC is gone, and tells it where. */
export async function listen(app: INestApplication, { httpPort, httpAddress }: AgentSettings): Promise<void> {
  await app.listen(httpPort, httpAddress);
  if (process.connected) process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.send?.({ type: 'started', url: await app.getUrl() });
}

/**
 * Runs a module as a process: its endpoints, and a clean stop on SIGTERM, SIGINT, or when the process that started it
 * over IPC is gone. Wrong settings end it with exit code 2.
 * @param module exports a provider of `settingsOf`
 */
export function runService(module: Type, settingsOf: Type<AgentSettings>): Promise<void> {
  return namingWrongSettings(async () => {
    const app = await NestFactory.create(module, UNTIL_SETTINGS_ARE_KNOWN);
    const settings = app.get(settingsOf);
    asProcess(app, settings);
    await listen(app, settings);
  });
}
