import { LogError } from '../ports/index.js';

/** Structured logging: a sentence and fields. No payloads: they may hold personal data. */
export interface RuntimeLogger {
  debug(message: string, fields?: Readonly<Record<string, unknown>>): void;
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
  error(message: string, fields?: Readonly<Record<string, unknown>>): void;
}

const nothing = (): void => undefined;

export const silentLogger: RuntimeLogger = { debug: nothing, info: nothing, warn: nothing, error: nothing };

/** What a log line shows of where an error came from. */
export function stackOf(error: unknown): string | undefined {
  // A LogError is expected in operation and its code says enough; anything else is a fault of ours.
  return error instanceof LogError || !(error instanceof Error) ? undefined : error.stack;
}
