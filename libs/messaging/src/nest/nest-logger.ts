import { ConsoleLogger, Logger, type LogLevel } from '@nestjs/common';
import type { RuntimeLogger } from '../runtime/index.js';
import type { AgentSettings } from './agent-settings.js';

const LEVELS: Readonly<Record<AgentSettings['logLevel'], LogLevel[]>> = {
  error: ['error', 'fatal'],
  warn: ['error', 'fatal', 'warn'],
  info: ['error', 'fatal', 'warn', 'log'],
  debug: ['error', 'fatal', 'warn', 'log', 'debug'],
};

export function consoleLogger(settings: AgentSettings): ConsoleLogger {
  const json = settings.logFormat === 'json';
  return new ConsoleLogger({ json, colors: !json, logLevels: LEVELS[settings.logLevel], compact: true });
}

/** The runtime's log lines through Nest's logger, fields as one object. */
export function runtimeLogger(context: string): RuntimeLogger {
  const logger = new Logger(context);
  return {
    debug: (message, fields) => logger.debug({ message, ...fields }),
    info: (message, fields) => logger.log({ message, ...fields }),
    warn: (message, fields) => logger.warn({ message, ...fields }),
    error: (message, fields) => logger.error({ message, ...fields }),
  };
}
