import { NestFactory } from '@nestjs/core';
import { asProcess, listen, namingWrongSettings, UNTIL_SETTINGS_ARE_KNOWN } from '@aika/messaging/nest';
import { ProjectorModule } from './projector.module.js';
import { ProjectorSettings } from './projector.settings.js';

/**
 * Runs the projector as a process: health endpoints, and a clean stop on SIGTERM, SIGINT, or when the process that
 * started it over IPC is gone. Wrong settings end it with exit code 2.
 */
export function runProjector(): Promise<void> {
  return namingWrongSettings(async () => {
    const app = await NestFactory.create(ProjectorModule, UNTIL_SETTINGS_ARE_KNOWN);
    const settings = app.get(ProjectorSettings);
    asProcess(app, settings);
    await listen(app, settings);
  });
}
