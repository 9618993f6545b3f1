import { NestFactory } from '@nestjs/core';
import { consoleLogger, SettingsError } from '@aika/messaging/nest';
import { ProjectorModule } from './projector.module.js';
import { ProjectorSettings } from './projector.settings.js';

/**
 * Runs the projector as a process: health endpoints, and a clean stop on SIGTERM, SIGINT, or when the process that
 * started it over IPC is gone. Wrong settings end it with exit code 2.
 */
export async function runProjector(): Promise<void> {
  try {
    // Silent until the settings are known: they say how to log, and wrong ones are reported below.
    const app = await NestFactory.create(ProjectorModule, { logger: false, abortOnError: false });
    const settings = app.get(ProjectorSettings);
    app.useLogger(consoleLogger(settings));
    app.enableShutdownHooks(['SIGTERM', 'SIGINT']);
    await app.listen(settings.httpPort, '0.0.0.0');
    if (process.connected) process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
    process.send?.({ type: 'started', url: await app.getUrl() });
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  }
}
