import { NestFactory } from '@nestjs/core';
import { asProcess, listen, namingWrongSettings, UNTIL_SETTINGS_ARE_KNOWN } from '@aika/messaging/nest';
import { SealerModule } from './sealer.module.js';
import { SealerSettings } from './sealer.settings.js';

/**
 * Runs the sealer as a process: health endpoints, and a clean stop on SIGTERM, SIGINT, or when the process that started
 * it over IPC is gone. Wrong settings end it with exit code 2.
 */
export function runSealer(): Promise<void> {
  return namingWrongSettings(async () => {
    const app = await NestFactory.create(SealerModule, UNTIL_SETTINGS_ARE_KNOWN);
    const settings = app.get(SealerSettings);
    asProcess(app, settings);
    await listen(app, settings);
  });
}
