import type { Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { AgentSettings } from './agent-settings.js';
import { SettingsError } from './agent-settings.js';
import type { AikaTransport } from './aika.transport.js';
import { consoleLogger } from './nest-logger.js';
import { REPLAY_VARIABLE } from './replay-settings.js';
import { runReplay } from './run-replay.js';
import { SETTINGS, TRANSPORT } from './tokens.js';

/**
 * Runs an agent's module as a process: health endpoints, transport, and a clean stop on SIGTERM, SIGINT, or
 * when the process that started it over IPC is gone. Wrong settings end it with exit code 2. With `AIKA_REPLAY` it
 * does the agent's history again instead, and ends.
 */
export async function runAgent(module: Type): Promise<void> {
  const replay = process.env[REPLAY_VARIABLE];
  try {
    if (replay !== undefined && replay !== '') return await runReplay(module, replay);
    const app = await NestFactory.create(module, {
      // Silent until the settings are known: they say how to log, and wrong ones are reported below.
      logger: false,
      abortOnError: false,
    });
    const settings = app.get<AgentSettings>(SETTINGS);
    app.useLogger(consoleLogger(settings));
    app.enableShutdownHooks(['SIGTERM', 'SIGINT']);
    app.connectMicroservice({ strategy: app.get<AikaTransport>(TRANSPORT) }, { inheritAppConfig: true });
    await app.startAllMicroservices();
    await app.listen(settings.httpPort, '0.0.0.0');
    if (process.connected) process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
    process.send?.({ type: 'started', url: await app.getUrl() });
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  }
}
