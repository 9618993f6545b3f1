/** What kind of refusal a caller got: stable, to be decided by; texts are for people. */
export type ProblemCode =
  | 'INVALID_REQUEST'
  | 'NOT_JSON'
  | 'BODY_TOO_LARGE'
  | 'NOT_FOUND'
  | 'METHOD_NOT_ALLOWED'
  | 'IDEMPOTENCY_KEY_REUSED'
  | 'PAYMENT_REFUSED'
  | 'PROVIDER_UNAVAILABLE'
  | 'INTERNAL_ERROR';

/** RFC 9457 problem details, with our `code` and further members. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: ProblemCode;
  readonly [member: string]: unknown;
}

const KINDS: Record<ProblemCode, { readonly status: number; readonly title: string }> = {
  INVALID_REQUEST: { status: 400, title: 'The request is not valid' },
  NOT_JSON: { status: 400, title: 'The body is not JSON' },
  BODY_TOO_LARGE: { status: 413, title: 'The body is too large' },
  NOT_FOUND: { status: 404, title: 'There is nothing here' },
  METHOD_NOT_ALLOWED: { status: 405, title: 'This method is not supported here' },
  IDEMPOTENCY_KEY_REUSED: { status: 422, title: 'The idempotency key belongs to another payment' },
  PAYMENT_REFUSED: { status: 402, title: 'The payment was refused' },
  PROVIDER_UNAVAILABLE: { status: 503, title: 'The provider cannot pay now' },
  INTERNAL_ERROR: { status: 500, title: 'The provider failed' },
};

/** The problem document of one refusal; `members` are added to it (such as `errors` or `reason`). */
export function problem(code: ProblemCode, detail: string, members: Record<string, unknown> = {}): Problem {
  const kind = KINDS[code];
  const name = code.toLowerCase().replaceAll('_', '-');
  return {
    type: `urn:aika:payments:${name}`,
    title: kind.title,
    status: kind.status,
    detail,
    code,
    ...members,
  };
}

/** A request that ends in a problem document instead of a result. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly code: ProblemCode;
  readonly retriable: boolean;

  constructor(readonly problem: Problem) {
    super(problem.detail);
    this.code = problem.code;
    this.retriable = problem.status >= 500;
  }
}

/** @throws ProblemError INVALID_REQUEST that lists every violation, when there is one */
export function rejectViolations(violations: readonly string[]): void {
  if (violations.length === 0) return;
  throw new ProblemError(problem('INVALID_REQUEST', violations.join('; '), { errors: violations }));
}
