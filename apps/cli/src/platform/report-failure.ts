import { AuditError } from '@aika/audit';
import { AskError, HandlerError, LogError } from '@aika/messaging';
import { PlatformError } from '@aika/testing';

/**
 * Runs a command's action; an expected failure (of the platform, of the log, of what was sent) becomes its
 * message on stderr and exit code 1 instead of a stack trace.
 */
export async function reportFailure(action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (error) {
    if (!isExpected(error)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

function isExpected(error: unknown): error is Error {
  return (
    error instanceof PlatformError ||
    error instanceof AuditError ||
    error instanceof LogError ||
    error instanceof HandlerError ||
    error instanceof AskError
  );
}
