import { fields, type Violation } from '@aika/contracts';
import type { Problem } from './problem.js';

class ViolationAnswer implements Violation {
  @fields.Text({
    min: 0,
    max: 1000,
    description: 'JSON pointer into the body, `?name` of a parameter, or `header name`.',
  })
  readonly path!: string;
  @fields.Text({ max: 10_000 })
  readonly expected!: string;
  @fields.Text({ max: 1000, description: 'Type and length; the value itself of a number or flag only.' })
  readonly found!: string;
}

/** The contract of `Problem`. */
export class ProblemAnswer implements Problem {
  readonly [member: string]: unknown;
  @fields.Text({ pattern: /^urn:aika:problem:[a-z-]+$/, description: 'Stable: programs decide by it.' })
  readonly type!: string;
  @fields.Text()
  readonly title!: string;
  @fields.Int({ min: 400, max: 599 })
  readonly status!: number;
  @fields.Text({ max: 100_000, description: 'For people.' })
  readonly detail!: string;
  @fields.Text({ pattern: /^[0-9a-f]{32}$/, description: 'Of the trace in the traceparent header.' })
  readonly traceId!: string;
  @fields.ListOf(() => ViolationAnswer, { optional: true, description: 'Every broken rule.' })
  readonly violations?: readonly Violation[];
  @fields.Text({ optional: true, max: 100, description: "The agent's own code of a refusal." })
  readonly code?: string;
}
