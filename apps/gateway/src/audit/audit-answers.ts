import { AUDIT_KINDS, AUDIT_OUTCOMES, type AuditKind, type AuditOutcome, fields } from '@aika/contracts';

/** Lines of an answer where nothing is said. */
export const DEFAULT_LINES = 100;
const MAX_LINES = 1_000;

export class AuditQuery {
  @fields.Id({ optional: true, description: '`none` for lines that are about nobody.' })
  readonly customer?: string;
  @fields.Text({ optional: true, max: 100, description: 'Who did it: a person, an agent, a process.' })
  readonly actor?: string;
  @fields.Text({ optional: true, max: 100, description: 'A message type, or what was done.' })
  readonly action?: string;
  @fields.OneOf(AUDIT_KINDS, { optional: true })
  readonly kind?: AuditKind;
  @fields.Text({
    optional: true,
    max: 200,
    description: 'A claim, a policy, a quote, an instance, an address.',
  })
  readonly object?: string;
  @fields.Time({ optional: true, description: 'Recorded at or after it.' })
  readonly since?: string;
  @fields.Time({ optional: true, description: 'Recorded before it.' })
  readonly until?: string;
  @fields.Int({
    optional: true,
    min: 1,
    max: MAX_LINES,
    description: `The newest so many; ${DEFAULT_LINES} without it.`,
  })
  readonly limit?: number;
}

/** One line of the audit trail. */
export class AuditLineAnswer {
  @fields.Time({ description: "By the brokers' clock, which the seals cover." })
  readonly recordedAt!: string;
  @fields.Time({ description: 'As the message says.' })
  readonly at!: string;
  @fields.OneOf(AUDIT_KINDS)
  readonly kind!: AuditKind;
  @fields.Text({ max: 100 })
  readonly action!: string;
  @fields.Text({ max: 100 })
  readonly actor!: string;
  @fields.Id()
  readonly customerId!: string;
  @fields.Text({ optional: true, max: 200 })
  readonly object?: string;
  @fields.OneOf(AUDIT_OUTCOMES)
  readonly outcome!: AuditOutcome;
  @fields.Id()
  readonly messageId!: string;
  @fields.Id({ optional: true })
  readonly deadLetterId?: string;
  @fields.Text({ optional: true, max: 500 })
  readonly reason?: string;
  @fields.StringMap({ optional: true })
  readonly details?: Readonly<Record<string, string>>;
  @fields.Text({ optional: true })
  readonly traceId?: string;
  @fields.Text({ optional: true })
  readonly conversationId?: string;
  @fields.Int({ min: 0 })
  readonly partition!: number;
  @fields.Int({ min: 0 })
  readonly offset!: number;
}

export class AuditAnswer {
  @fields.ListOf(() => AuditLineAnswer, { description: 'Oldest first.' })
  readonly lines!: readonly AuditLineAnswer[];
}
