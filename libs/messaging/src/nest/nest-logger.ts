import { ConsoleLogger, Logger, type LogLevel } from '@nestjs/common';
import type { RuntimeLogger } from '../runtime/index.js';
import { maskedFields } from './log-masking.js';
import { currentMessage } from './message-info.js';
import type { AgentSettings } from './agent-settings.js';

const LEVELS: Readonly<Record<AgentSettings['logLevel'], LogLevel[]>> = {
  error: ['error', 'fatal'],
  warn: ['error', 'fatal', 'warn'],
  info: ['error', 'fatal', 'warn', 'log'],
  debug: ['error', 'fatal', 'warn', 'log', 'debug'],
};

/** Each line says which message was being handled when it was written. */
class AgentLogger extends ConsoleLogger {
  /** Before anything is written: whoever logs a payload by mistake gives nothing away. */
  protected override printMessages(...args: Parameters<ConsoleLogger['printMessages']>): void {
    const [messages, context, level, stream, stack, params] = args;
    const masked = params === undefined ? undefined : (maskedFields(params) as typeof params);
    super.printMessages(
      messages.map((message) => maskedFields(message)),
      context,
      level,
      stream,
      stack,
      masked,
    );
  }

  protected override getJsonLogObject(...args: Parameters<ConsoleLogger['getJsonLogObject']>) {
    return { ...super.getJsonLogObject(...args), ...currentMessage() };
  }

  protected override formatContext(context: string): string {
    const message = currentMessage();
    return super.formatContext(message ? `${context} ${message.messageType} ${message.messageId}` : context);
  }
}

/** One JSON object a line with the fields beside the message, or readable text. */
export function consoleLogger(settings: Pick<AgentSettings, 'logFormat' | 'logLevel'>): ConsoleLogger {
  const json = settings.logFormat === 'json';
  return new AgentLogger({
    json,
    colors: !json && process.stdout.isTTY,
    logLevels: LEVELS[settings.logLevel],
    compact: true,
    flattenParams: true,
  });
}

/** The runtime's log lines through Nest's logger. */
export function runtimeLogger(context: string): RuntimeLogger {
  const logger = new Logger(context);
  return {
    debug: (message, fields = {}) => logger.debug(message, fields),
    info: (message, fields = {}) => logger.log(message, fields),
    warn: (message, fields = {}) => logger.warn(message, fields),
    error: (message, fields = {}) => logger.error(message, fields),
  };
}
