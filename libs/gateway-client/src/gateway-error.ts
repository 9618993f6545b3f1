import type { components } from './api.js';

export type Problem = components['schemas']['Problem'];

/** The gateway's answer that is no success. */
export class GatewayError extends Error {
  override readonly name = 'GatewayError';
  /** Stable part of the problem's type, such as `command-rejected`; `unknown` for what is no problem document. */
  readonly code: string;
  /** The same request may succeed later. */
  readonly retriable: boolean;

  constructor(
    readonly status: number,
    readonly problem: Partial<Problem> | undefined,
    /** Method and path, for people. */
    readonly request: string,
  ) {
    super(`${request} was answered ${status}: ${textOf(problem)}`);
    this.code = problem?.type?.replace('urn:aika:problem:', '') ?? 'unknown';
    this.retriable = status === 429 || status === 503;
  }
}

function textOf(problem: Partial<Problem> | undefined): string {
  if (problem === undefined) return 'no problem document';
  const violations = problem.violations?.map(({ path, expected }) => `${path || '/'} must be ${expected}`);
  return [problem.detail ?? problem.title ?? 'no detail', ...(violations ?? [])].join('; ');
}
