import type { Violation } from '@aika/contracts';

/** Media type of every answer that is no success (RFC 9457). */
export const PROBLEM_JSON = 'application/problem+json';

/** What kinds of problems there are. The name is the stable part of `type`; texts are for people. */
export const PROBLEMS = {
  'invalid-request': { status: 400, title: 'The request breaks its contract' },
  'not-json': { status: 400, title: 'The body is not JSON' },
  'bad-request': { status: 400, title: 'The request cannot be understood' },
  unauthorized: { status: 401, title: 'Who asks is not known' },
  forbidden: { status: 403, title: 'Who asks may not do this' },
  'not-found': { status: 404, title: 'There is nothing here' },
  'method-not-allowed': { status: 405, title: 'This method is not supported here' },
  'not-acceptable': { status: 406, title: 'No answer in a form that is accepted' },
  'command-rejected': { status: 409, title: 'The agent refused the command' },
  'idempotency-key-reused': { status: 422, title: 'The idempotency key belongs to another request' },
  conflict: { status: 409, title: 'The request contradicts what is there' },
  'precondition-failed': { status: 412, title: 'It has changed since it was read' },
  'body-too-large': { status: 413, title: 'The body is too large' },
  'unsupported-media-type': { status: 415, title: 'Bodies are application/json' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  'headers-too-large': { status: 431, title: 'The headers are too large' },
  'internal-error': { status: 500, title: 'The gateway failed' },
  'log-unavailable': { status: 503, title: 'The message log does not answer' },
  'database-unavailable': { status: 503, title: 'The database does not answer' },
  overloaded: { status: 503, title: 'Too much waits already' },
  'timed-out': { status: 503, title: 'The answer took too long' },
} as const satisfies Record<string, { readonly status: number; readonly title: string }>;

export type ProblemName = keyof typeof PROBLEMS;

/** A problem document (RFC 9457). */
export interface Problem {
  /** `urn:aika:problem:` and a name of `PROBLEMS`: stable, to be decided by. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** Of this request, as in its `traceparent`: the log lines about it carry the same. */
  readonly traceId: string;
  /** Every broken rule. Paths are JSON pointers into the body, or `?name` and `header name`. */
  readonly violations?: readonly Violation[];
  /** The agent's own code of a refusal, such as `quote_expired`. */
  readonly code?: string;
  readonly [member: string]: unknown;
}

export interface ProblemMembers {
  readonly violations?: readonly Violation[];
  readonly code?: string;
  readonly [member: string]: unknown;
}

/** A request that ends in a problem document. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';

  constructor(
    readonly problem: ProblemName,
    readonly detail: string,
    readonly members: ProblemMembers = {},
    options: ErrorOptions & {
      /** In place of the problem's own: a refusal because something is not there is a 404. */
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
    } = {},
  ) {
    super(detail, options);
    this.status = options.status ?? PROBLEMS[problem].status;
    this.headers = options.headers ?? {};
  }

  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  get retriable(): boolean {
    return this.status === 429 || this.status === 503;
  }

  toProblem(traceId: string): Problem {
    return {
      type: problemType(this.problem),
      title: PROBLEMS[this.problem].title,
      status: this.status,
      detail: this.detail,
      traceId,
      ...this.members,
    };
  }
}

export function problemType(name: ProblemName): string {
  return `urn:aika:problem:${name}`;
}

/** @throws ProblemError `invalid-request` that names every violation, when there is one */
export function rejectViolations(violations: readonly Violation[]): void {
  if (violations.length === 0) return;
  const rules = violations.map(({ path, expected }) => `${path || '/'}: expected ${expected}`);
  throw new ProblemError('invalid-request', `${rules.join('; ')}.`, { violations });
}
