import type { Server } from 'node:http';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { MessageSender } from '@aika/messaging';
import {
  asProcess,
  auditConfiguration,
  listen,
  namingWrongSettings,
  runtimeLogger,
  UNTIL_SETTINGS_ARE_KNOWN,
} from '@aika/messaging/nest';
import { configureApp } from './configure-app.js';
import { GATEWAY_SENDER, GatewayModule } from './gateway.module.js';
import { GatewaySettings } from './gateway.settings.js';
import { SENDER } from './tokens.js';

/**
 * Runs the gateway as a process: a clean stop on SIGTERM, SIGINT, or when the process that started it over IPC is
 * gone. Wrong settings end it with exit code 2, each of them named.
 */
export function runGateway(): Promise<void> {
  return namingWrongSettings(async () => {
    const options = { ...UNTIL_SETTINGS_ARE_KNOWN, bodyParser: false };
    const app = await NestFactory.create<NestExpressApplication>(GatewayModule, options);
    const settings = app.get(GatewaySettings);
    asProcess(app, settings);
    configureApp(app);
    endConnections(app.getHttpServer() as Server, settings.shutdownGraceMs);
    await listen(app, settings);
    // Not waited for: the line must not hold up the work.
    void auditConfiguration({
      settings,
      actor: GATEWAY_SENDER,
      sender: () => Promise.resolve(app.get<MessageSender>(SENDER)),
      logger: runtimeLogger(GATEWAY_SENDER),
    });
  });
}

const IDLE_CHECK_MS = 50;

/**
 * Nest closes the server, which closes what is idle at this moment, and waits for the rest. A connection whose request is
 * answered later would be kept for the next one, and a request without an end would hold the process for ever.
 */
function endConnections(server: Server, graceMs: number): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS).unref();
      setTimeout(() => server.closeAllConnections(), graceMs).unref();
    });
  }
}
