import { isIP } from 'node:net';
import { resolve } from 'node:path';

/** What the process runs with, read once from the environment. */
export interface Settings {
  /** Absolute path of the store's file. */
  readonly database: string;
  readonly host: string;
  /** 0 lets the system choose; the chosen port is printed. */
  readonly port: number;
}

/** The environment does not describe a runnable process; lists everything that is wrong with it. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly code = 'INVALID_SETTINGS';
  readonly retriable = false;

  constructor(readonly violations: readonly string[]) {
    super(`invalid settings:\n${violations.map((violation) => `  - ${violation}`).join('\n')}`);
  }
}

/** @throws SettingsError naming every wrong key, not only the first */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const database = environment['AIKA_PAYMENTS_DB'] ?? '.aika/payments.sqlite';
  const host = environment['AIKA_PAYMENTS_HOST'] ?? '127.0.0.1';
  const port = environment['AIKA_PAYMENTS_PORT'] ?? '3190';
  const violations: string[] = [];
  if (database.trim() === '' || database.startsWith(':memory:')) {
    violations.push(`AIKA_PAYMENTS_DB must be the path of a file, got "${database}"`);
  }
  if (isIP(host) === 0 && host !== 'localhost') {
    violations.push(`AIKA_PAYMENTS_HOST must be an IP address or localhost, got "${host}"`);
  }
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    violations.push(`AIKA_PAYMENTS_PORT must be a port from 0 to 65535, got "${port}"`);
  }
  if (violations.length > 0) throw new SettingsError(violations);
  return { database: resolve(database), host, port: Number(port) };
}
