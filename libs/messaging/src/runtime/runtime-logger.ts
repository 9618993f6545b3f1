/** Structured logging: a sentence and fields. No payloads: they may hold personal data. */
export interface RuntimeLogger {
  debug(message: string, fields?: Readonly<Record<string, unknown>>): void;
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
  error(message: string, fields?: Readonly<Record<string, unknown>>): void;
}

const nothing = (): void => undefined;

export const silentLogger: RuntimeLogger = { debug: nothing, info: nothing, warn: nothing, error: nothing };
