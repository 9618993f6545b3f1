import { PlatformError } from '@aika/testing';

/**
 * Runs a command's action; an expected failure of the platform becomes its message on stderr and exit code 1
 * instead of a stack trace.
 */
export async function reportFailure(action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
