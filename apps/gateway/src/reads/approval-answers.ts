import {
  ApprovalProposal,
  AUTHORITIES,
  type Authority,
  fields,
  type Informant,
  INFORMANTS,
  type Money,
  Reason,
  ReferralAmounts,
  RuleFinding,
} from '@aika/contracts';
import { REFERRAL_RECOMMENDATIONS } from '@aika/domain';
import { QUESTION_STATUSES } from '@aika/views';
import { PageAnswer } from '../http/page.js';
import { Amount, optional } from './answer-fields.js';
import { Folded } from './read-answers.js';

const { Id, Int, ListOf, Nested, OneOf, Text, TextList, Time } = fields;

/** What the claims agent would do if the amount and the fraud points were within its limits. */
class RecommendationAnswer {
  @OneOf(REFERRAL_RECOMMENDATIONS, {
    description: 'INVESTIGATE: there are signs of fraud, or an answer is missing. DENY: nothing is payable.',
  })
  readonly decision!: string;
  @Amount('To be paid on an approval.')
  readonly amount?: Money;
}

/** What was asked before the decision. */
class QuestionAnswer {
  @Id()
  readonly questionId!: string;
  @OneOf(INFORMANTS)
  readonly askedOf!: Informant;
  @Text({ max: 100 })
  readonly askedBy!: string;
  @Text({ max: 500 })
  readonly question!: string;
  @Nested(() => Reason, { description: 'Why it is asked.' })
  readonly reason!: Reason;
  @Time()
  readonly askedAt!: string;
  @Time({ ...optional, description: 'When the claim goes on without an answer.' })
  readonly dueAt?: string;
  @OneOf(QUESTION_STATUSES, { description: 'overdue: an answer is still taken.' })
  readonly status!: string;
}

/** An answer to a question. */
class InformationAnswer {
  @Id()
  readonly questionId!: string;
  @OneOf(INFORMANTS)
  readonly informant!: Informant;
  @Text({ max: 100 })
  readonly providedBy!: string;
  @Text({ max: 2000, personal: true })
  readonly text!: string;
  @TextList({ max: 200 })
  readonly documents!: readonly string[];
  @Time()
  readonly providedAt!: string;
}

/** A claim that a person was asked to decide. */
export class ApprovalAnswer extends Folded {
  @Id()
  readonly claimId!: string;
  @Id()
  readonly customerId!: string;
  @OneOf(['open', 'approved', 'denied', 'withdrawn'])
  readonly status!: string;
  @OneOf(['referred', 'reopened'])
  readonly kind!: string;
  @Amount('The most that may be approved by the rules; a change may be to more.')
  readonly payable?: Money;
  @Int(optional)
  readonly fraudPoints?: number;
  @OneOf(AUTHORITIES, { ...optional, description: 'Who has to decide.' })
  readonly requiredAuthority?: Authority;
  @Nested(() => RecommendationAnswer, { ...optional, description: 'Absent of a reopened claim.' })
  readonly recommendation?: RecommendationAnswer;
  @ListOf(() => Reason, { description: 'Why the agent did not decide by itself.' })
  readonly reasons!: readonly Reason[];
  @ListOf(() => RuleFinding, { description: 'Every rule and what it found. Empty of a reopened claim.' })
  readonly findings!: readonly RuleFinding[];
  @Nested(() => ReferralAmounts, { ...optional, description: 'The figures behind what is payable.' })
  readonly amounts?: ReferralAmounts;
  @Nested(() => ApprovalProposal, {
    ...optional,
    description: 'Above the authority of who proposes it: a manager has to approve it too.',
  })
  readonly proposal?: ApprovalProposal;
  @Time({
    ...optional,
    description: 'When the next one is asked; passed, where nobody is above. Absent of a decided claim.',
  })
  readonly dueAt?: string;
  @Int({ min: 0, description: 'How often nobody has decided in time.' })
  readonly escalationLevel!: number;
  @ListOf(() => QuestionAnswer, { description: 'What was asked before the decision, oldest first.' })
  readonly questions!: readonly QuestionAnswer[];
  @Time({ description: 'For the last time.' })
  readonly referredAt!: string;
  @Text(optional)
  readonly decidedBy?: string;
  @Amount()
  readonly decidedAmount?: Money;
  @Time(optional)
  readonly decidedAt?: string;
}

/** One of them, with what was answered. */
export class WholeApprovalAnswer extends ApprovalAnswer {
  @ListOf(() => InformationAnswer, { description: 'Oldest first.' })
  readonly answers!: readonly InformationAnswer[];
}

export class ApprovalsPage extends PageAnswer {
  @ListOf(() => ApprovalAnswer)
  readonly items!: readonly ApprovalAnswer[];
}
