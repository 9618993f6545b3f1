import { Id, Text, Time } from '../../schema/field.decorators.js';
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

/** One line of the audit trail, written in the same transaction as the decision that it records. */
export class AuditRecordedPayload extends CustomerPayload {
  @Text({ max: 100, description: 'Message type of the decision, or what was done to a dead letter.' })
  readonly action!: string;
  @Id({ description: 'Message id of the decision.' })
  readonly messageId!: string;
  @Text({ max: 100, description: 'The agent or the person that decided.' })
  readonly actor!: string;
  @Time()
  readonly at!: string;
  @Id({ optional: true, description: 'The dead letter that was redriven, edited or dropped.' })
  readonly deadLetterId?: string;
  @Text({ optional: true, max: 500, description: 'Why, in the words of the person. No personal data.' })
  readonly reason?: string;
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
