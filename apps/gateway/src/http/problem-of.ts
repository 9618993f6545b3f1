import { HttpException } from '@nestjs/common';
import { ContractError } from '@aika/contracts';
import { LogError, TerminalError, TooManyAsksError } from '@aika/messaging';
import { ProblemError, type ProblemName, rejectViolations } from './problem.js';

const RETRY_SOON = { headers: { 'retry-after': '1' } };

/** Problems by the status that the framework and its parsers give their own errors. */
const BY_STATUS: Readonly<Record<number, ProblemName>> = {
  400: 'bad-request',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not-found',
  405: 'method-not-allowed',
  406: 'not-acceptable',
  409: 'conflict',
  412: 'precondition-failed',
  413: 'body-too-large',
  415: 'unsupported-media-type',
  429: 'too-many-requests',
  431: 'headers-too-large',
  503: 'overloaded',
};

/** What an error is for the caller. What is not known is a fault of ours, and its text is not shown. */
export function problemOf(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error instanceof ContractError) return problemOfContract(error);
  if (error instanceof LogError) {
    return new ProblemError(
      'log-unavailable',
      'The message log did not take it in time. A repeat with the same Idempotency-Key is handled once.',
      {},
      { cause: error, ...RETRY_SOON },
    );
  }
  if (error instanceof TooManyAsksError) {
    const detail = `${error.limit} requests wait for an outcome already; ask without Prefer: wait, or later.`;
    return new ProblemError('overloaded', detail, {}, { cause: error, ...RETRY_SOON });
  }
  if (error instanceof TerminalError && error.code === 'OUTPUT_TOO_LARGE') {
    return new ProblemError('body-too-large', error.message, {}, { cause: error });
  }
  if (isOutOfConnections(error)) {
    const detail = 'The database does not answer; nothing was done. Try again.';
    return new ProblemError('database-unavailable', detail, {}, { cause: error, ...RETRY_SOON });
  }
  if (isWithoutViews(error)) {
    const detail = 'The views are not there in this version yet: their projector makes them.';
    return new ProblemError('database-unavailable', detail, {}, { cause: error, ...RETRY_SOON });
  }
  if (isOutOfRange(error)) {
    const detail = 'A value of the request is beyond what the database takes.';
    return new ProblemError('bad-request', detail, {}, { cause: error });
  }
  const status = statusOf(error);
  const name = status === undefined ? undefined : BY_STATUS[status];
  if (name === undefined) {
    return new ProblemError('internal-error', 'The request failed. The log says more.', {}, { cause: error });
  }
  return new ProblemError(name, DETAILS[name] ?? 'The request was refused.', {}, { cause: error });
}

/** Own words: a parser's message may quote the body. */
const DETAILS: Partial<Record<ProblemName, string>> = {
  'bad-request': 'The path, the headers or the body are malformed.',
  'not-found': 'No resource has this address.',
  'body-too-large': 'The body is longer than allowed.',
  'unsupported-media-type': 'Bodies are JSON in UTF-8, sent as application/json without encoding.',
};

function problemOfContract(error: ContractError): ProblemError {
  if (error.code === 'NOT_JSON')
    return new ProblemError('not-json', 'The body is not JSON.', {}, { cause: error });
  if (error.violations.length === 0) {
    const violations = [{ path: '', expected: error.message, found: error.code }];
    return new ProblemError('invalid-request', error.message, { violations }, { cause: error });
  }
  try {
    rejectViolations(error.violations);
  } catch (problem) {
    if (problem instanceof ProblemError) return problem;
    throw problem;
  }
  return new ProblemError('invalid-request', error.message, {}, { cause: error });
}

function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  if (typeof error !== 'object' || error === null) return undefined;
  // Express and its parsers name a status only for what the caller did.
  const { status } = error as { readonly status?: unknown };
  return typeof status === 'number' && status >= 400 && status < 500 ? status : undefined;
}

/** Node's codes of a lost connection, and PostgreSQL's classes 08 (connection), 53 (resources), 57P (shut down). */
function isOutOfConnections(error: unknown): boolean {
  // By shape: drivers wrap Node's errors, and several addresses that refuse come as one.
  if (typeof error !== 'object' || error === null) return false;
  const { code, errors, cause } = error as {
    readonly code?: unknown;
    readonly errors?: unknown;
    readonly cause?: unknown;
  };
  if (typeof code === 'string' && /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_|08|53|57P|57014)/.test(code))
    return true;
  if (Array.isArray(errors)) return errors.some(isOutOfConnections);
  return isOutOfConnections(cause) || isPoolTimeout(error);
}

/** The pool's own errors have no code. */
function isPoolTimeout(error: object): boolean {
  const { message } = error as { readonly message?: unknown };
  return (
    typeof message === 'string' &&
    /^(timeout exceeded when trying to connect|Connection terminated)/.test(message)
  );
}

/** PostgreSQL's undefined table and undefined column. */
function isWithoutViews(error: unknown): boolean {
  const { code } = (error ?? {}) as { readonly code?: unknown };
  return code === '42P01' || code === '42703';
}

/** PostgreSQL's class 22: a time in the year 0, and the like, which is a time by its form. */
function isOutOfRange(error: unknown): boolean {
  const { code } = (error ?? {}) as { readonly code?: unknown };
  return typeof code === 'string' && /^22[0-9A-Z]{3}$/.test(code);
}
