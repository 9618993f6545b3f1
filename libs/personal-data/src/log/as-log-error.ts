import { LogError } from '@aika/messaging';
import { KeyError } from '../keys/key-error.js';

/** Keys that cannot be had are to whoever uses the log a log that is away. @throws LogError `UNAVAILABLE` */
export function asLogError(error: unknown): never {
  if (!(error instanceof KeyError)) throw error;
  throw new LogError('UNAVAILABLE', `Personal data: ${error.message}`, error.retriable, { cause: error });
}
