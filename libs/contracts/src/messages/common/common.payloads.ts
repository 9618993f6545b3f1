import { AUDIT_KINDS, AUDIT_OUTCOMES, type AuditKind, type AuditOutcome } from '../../audit-mark.js';
import { Id, OneOf, StringMap, Text, Time } from '../../schema/field.decorators.js';
import { CustomerPayload } from '../../value-types.js';

/** An expected refusal of a command that has no event of its own. */
export class CommandRejectedPayload extends CustomerPayload {
  @Id({ description: 'Message id of the refused command.' })
  readonly commandId!: string;
  @Text({ max: 100 })
  readonly commandType!: string;
  @Text({ max: 100, pattern: /^[A-Za-z][A-Za-z0-9_]*$/, description: 'For programs.' })
  readonly code!: string;
  @Text({ max: 1000, description: 'A plain sentence.' })
  readonly detail!: string;
  @Id({ optional: true, description: 'Policy, claim, quote or conversation that the command was about.' })
  readonly entityId?: string;
}

/**
 * One line of the audit trail, written in the same transaction as what it records where that is a message. A line about
 * no customer has the customer `none`.
 */
export class AuditRecordedPayload extends CustomerPayload {
  @Text({
    max: 100,
    description: 'What was done: the message type of a command or decision, or a word such as LOGIN.',
  })
  readonly action!: string;
  @Id({
    description: 'Message id of the command or decision; of a login or a reading, the id of the request.',
  })
  readonly messageId!: string;
  @Text({ max: 100, description: 'The agent, the person or the process that did it.' })
  readonly actor!: string;
  @OneOf(AUDIT_KINDS, {
    optional: true,
    description: 'Lines of before there were kinds have none: decisions.',
  })
  readonly kind?: AuditKind;
  @Text({
    optional: true,
    max: 200,
    description:
      'What it was done to, beside the customer: a claim, a policy, a quote, an instance, the address read.',
  })
  readonly object?: string;
  @OneOf(AUDIT_OUTCOMES, { optional: true, description: 'Whether it was let happen; done when absent.' })
  readonly outcome?: AuditOutcome;
  @Time()
  readonly at!: string;
  @Id({ optional: true, description: 'The dead letter that was redriven, edited or dropped.' })
  readonly deadLetterId?: string;
  @Text({ optional: true, max: 500, description: 'Why, in the words of the person. No personal data.' })
  readonly reason?: string;
  @StringMap({
    optional: true,
    description: 'More, such as the settings of a process. No secrets, no personal data.',
  })
  readonly details?: Readonly<Record<string, string>>;
}

/** Asks an agent to try a customer's parked messages, and effects that gave up, again now. */
export class RetryParkedPayload extends CustomerPayload {
  @Text({ max: 500, description: 'Why: for the audit trail.' })
  readonly reason!: string;
}

/** Asks an agent to send the first of a customer's parked messages to the dead letters. */
export class GiveUpParkedPayload extends CustomerPayload {
  @Text({ max: 500, description: 'Why: for the audit trail.' })
  readonly reason!: string;
}

/** The deadline of a request of an agent to another one. */
export class AskTimedOutPayload extends CustomerPayload {
  @Id({ description: 'Message id of the command that was not answered.' })
  readonly requestId!: string;
}
