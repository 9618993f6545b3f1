import {
  AUTHORITIES,
  type Authority,
  fields,
  FraudIndicator,
  type Money,
  Reason,
  type Stage,
  STAGES,
} from '@aika/contracts';
import { Amount, optional } from './answer-fields.js';
import { PolicyVersionAnswer } from './read-answers.js';

const { Flag, Id, Int, ListOf, Nested, OneOf, Text, Time } = fields;

export class HistoryEvent {
  @Id()
  readonly messageId!: string;
  @Text()
  readonly type!: string;
  @Time()
  readonly occurredAt!: string;
  @Text()
  readonly agentId!: string;
  @OneOf(STAGES)
  readonly stage!: Stage;
  @Id(optional)
  readonly causationId?: string;
  @fields.AnyObject({ description: 'By the schema of its type.' })
  readonly payload!: object;
}

export class ClaimHistoryAnswer {
  @Id()
  readonly claimId!: string;
  @Time({ ...optional, description: 'As it was asked for.' })
  readonly asOf?: string;
  @Text({ ...optional, description: 'What the claim was then, by the rules of the claims agent.' })
  readonly status?: string;
  @ListOf(() => HistoryEvent, { description: 'Oldest first.' })
  readonly events!: readonly HistoryEvent[];
}

/** What was known of a policy by a time. */
export class PolicyHistoryAnswer {
  @Id()
  readonly policyId!: string;
  @Time({ ...optional, description: 'As it was asked for.' })
  readonly asOf?: string;
  @Text({ ...optional, description: 'What the policy was then, by the rules of the policy agent.' })
  readonly status?: string;
  @Int({
    ...optional,
    min: 1,
    description: 'The version whose terms hold at that time; absent without cover.',
  })
  readonly versionInForce?: number;
  @ListOf(() => PolicyVersionAnswer, { description: 'Agreed by then, oldest first.' })
  readonly versions!: readonly PolicyVersionAnswer[];
  @ListOf(() => HistoryEvent, { description: 'Oldest first.' })
  readonly events!: readonly HistoryEvent[];
}

/** What a paper in the file of a claim is. */
export const PAPER_KINDS = [
  'notice',
  'cover',
  'fraud',
  'reserve',
  'referral',
  'escalation',
  'question',
  'answer',
  'decision',
  'payment',
  'withdrawal',
  'reopening',
  'closing',
  'notification',
  'refusal',
  'other',
] as const;
export type PaperKind = (typeof PAPER_KINDS)[number];

/** One message about a claim, with what a reader of the file looks for. */
export class PaperAnswer extends HistoryEvent {
  @OneOf(PAPER_KINDS)
  readonly kind!: PaperKind;
  @Text({ ...optional, description: 'Of a decision: AUTOMATIC, or the person who decided.' })
  readonly decidedBy?: string;
  @Flag({ ...optional, description: 'Of the cover check.' })
  readonly covered?: boolean;
  @Int({ ...optional, min: 0, description: 'Of the risk assessment, and of a referral.' })
  readonly fraudPoints?: number;
  @ListOf(() => FraudIndicator, { ...optional, description: 'What the points are made of.' })
  readonly fraudIndicators?: readonly FraudIndicator[];
  @OneOf(AUTHORITIES, { ...optional, description: 'Of a referral: who may decide.' })
  readonly requiredAuthority?: Authority;
  @Amount('Estimated, reserved, payable, paid or released, as its kind has it.')
  readonly amount?: Money;
  @ListOf(() => Reason, { description: 'Every rule that spoke, in its words.' })
  readonly reasons!: readonly Reason[];
}

export class ClaimPapersAnswer {
  @Id()
  readonly claimId!: string;
  @Time({ ...optional, description: 'As it was asked for.' })
  readonly asOf?: string;
  @ListOf(() => PaperAnswer, { description: 'Oldest first.' })
  readonly papers!: readonly PaperAnswer[];
}

/** What became of a command. */
export const COMMAND_STATUSES = ['accepted', 'handled', 'refused', 'failed'] as const;
export type CommandStatus = (typeof COMMAND_STATUSES)[number];

class RefusalAnswer {
  @Text({ max: 100, description: 'For programs, such as `quote_expired`.' })
  readonly code!: string;
  @Text({ max: 1000, description: 'A plain sentence.' })
  readonly detail!: string;
}

/** A command of a person or a system, and what followed from it as far as the views know. */
export class CommandStatusAnswer {
  @Id()
  readonly messageId!: string;
  @Text({ max: 100 })
  readonly messageType!: string;
  @Id()
  readonly customerId!: string;
  @Time()
  readonly sentAt!: string;
  @OneOf(COMMAND_STATUSES, {
    description:
      'accepted: on the log, no outcome yet; a command that asks for what is so already stays it. handled: there is an outcome. refused: the agent said no. failed: it lies with the dead letters.',
  })
  readonly status!: CommandStatus;
  @Nested(() => HistoryEvent, { ...optional, description: 'The event that a caller waits for.' })
  readonly outcome?: HistoryEvent;
  @Nested(() => RefusalAnswer, optional)
  readonly refusal?: RefusalAnswer;
  @Text({ ...optional, description: 'Of a command that no agent could handle.' })
  readonly deadLetterId?: string;
  @ListOf(() => HistoryEvent, { description: 'Everything that followed, oldest first.' })
  readonly events!: readonly HistoryEvent[];
}
