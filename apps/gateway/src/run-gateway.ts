import type { Server } from 'node:http';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { consoleLogger, SettingsError } from '@aika/messaging/nest';
import { configureApp } from './configure-app.js';
import { GatewayModule } from './gateway.module.js';
import { GatewaySettings } from './gateway.settings.js';

/**
 * Runs the gateway as a process: a clean stop on SIGTERM, SIGINT, or when the process that started it over IPC is
 * gone. Wrong settings end it with exit code 2, each of them named.
 */
export async function runGateway(): Promise<void> {
  try {
    const app = await NestFactory.create<NestExpressApplication>(GatewayModule, {
      // Silent until the settings are known: they say how to log, and wrong ones are reported below.
      logger: false,
      abortOnError: false,
      bodyParser: false,
    });
    const settings = app.get(GatewaySettings);
    app.useLogger(consoleLogger(settings));
    configureApp(app);
    app.enableShutdownHooks(['SIGTERM', 'SIGINT']);
    cutOffLateRequests(app.getHttpServer() as Server, settings.shutdownGraceMs);
    await app.listen(settings.httpPort, '0.0.0.0');
    if (process.connected) process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
    process.send?.({ type: 'started', url: await app.getUrl() });
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  }
}

/** Nest closes the server and waits for what is open; a request without an end must not hold the process for ever. */
function cutOffLateRequests(server: Server, graceMs: number): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => setTimeout(() => server.closeAllConnections(), graceMs).unref());
  }
}
