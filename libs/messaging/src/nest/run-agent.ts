import type { Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { AgentManifest } from '../agent/index.js';
import type { AgentSettings } from './agent-settings.js';
import { AikaClient } from './aika.client.js';
import type { AikaTransport } from './aika.transport.js';
import { auditConfiguration } from './configuration-audit.js';
import { runtimeLogger } from './nest-logger.js';
import { REPLAY_VARIABLE } from './replay-settings.js';
import { asProcess, listen, namingWrongSettings, UNTIL_SETTINGS_ARE_KNOWN } from './run-process.js';
import { runReplay } from './run-replay.js';
import { AGENT, SETTINGS, TRANSPORT } from './tokens.js';

/**
 * Runs an agent's module as a process: health endpoints, transport, and a clean stop on SIGTERM, SIGINT, or
 * when the process that started it over IPC is gone. Its settings go into the audit trail. Wrong settings end it with
 * exit code 2. With `AIKA_REPLAY` it does the agent's history again instead, and ends.
 */
export function runAgent(module: Type): Promise<void> {
  const replay = process.env[REPLAY_VARIABLE];
  return namingWrongSettings(async () => {
    if (replay !== undefined && replay !== '') return await runReplay(module, replay);
    const app = await NestFactory.create(module, UNTIL_SETTINGS_ARE_KNOWN);
    const settings = app.get<AgentSettings>(SETTINGS);
    asProcess(app, settings);
    app.connectMicroservice({ strategy: app.get<AikaTransport>(TRANSPORT) }, { inheritAppConfig: true });
    await app.startAllMicroservices();
    await listen(app, settings);
    const { id: actor } = app.get<AgentManifest>(AGENT);
    const sender = () => app.get(AikaClient).connect();
    // Not waited for: the line must not hold up the work.
    void auditConfiguration({ settings, actor, sender, logger: runtimeLogger(actor) });
  });
}
