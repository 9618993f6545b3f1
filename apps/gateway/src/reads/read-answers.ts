import {
  AUTHORITIES,
  type Authority,
  CHANNELS,
  type Channel,
  CLAIM_OUTCOMES,
  type ClaimOutcome,
  CONSENT_PURPOSES,
  CONVERSATION_AUTHORS,
  type ConversationAuthor,
  Cover,
  fields,
  FraudIndicator,
  HomeFacts,
  type Money,
  MoneyValue,
  MotorFacts,
  PERILS,
  type Peril,
  type Product,
  PRODUCTS,
  RatingStep,
  Reason,
  SignedMoneyValue,
} from '@aika/contracts';
import {
  CLAIM_STATUSES,
  NOTIFICATION_STATUSES,
  POLICY_CHANGES,
  POLICY_STATUSES,
  QUOTE_STATUSES,
} from '@aika/views';
import { PageAnswer } from '../http/page.js';
import { Amount, optional } from './answer-fields.js';

const { Decimal, Flag, Id, Int, ListOf, ListOfOneOf, Nested, OneOf, StringMap, Text, Time } = fields;

/** What is folded from events. */
export abstract class Folded {
  @Time({ description: 'Of the last event, by its own clock.' })
  readonly updatedAt!: string;
  @Int({ min: 0, description: 'Events that it is made of; the ETag.' })
  readonly revision!: number;
}

class ConsentAnswer {
  @OneOf(CONSENT_PURPOSES)
  readonly purpose!: string;
  @Flag()
  readonly granted!: boolean;
}

/** Without name and contact: these are the customer agent's own. */
export class CustomerAnswer extends Folded {
  @Id()
  readonly customerId!: string;
  @Time({ ...optional, description: 'Absent while only assessed.' })
  readonly registeredAt?: string;
  @ListOfOneOf(CHANNELS)
  readonly channels!: readonly Channel[];
  @Text(optional)
  readonly language?: string;
  @ListOf(() => ConsentAnswer)
  readonly consents!: readonly ConsentAnswer[];
  @Decimal({ ...optional, min: 0, max: 100 })
  readonly riskScore?: number;
  @Time(optional)
  readonly assessedAt?: string;
}

export class QuoteAnswer extends Folded {
  @Id()
  readonly quoteId!: string;
  @Id()
  readonly customerId!: string;
  @OneOf(QUOTE_STATUSES)
  readonly status!: string;
  @Id(optional)
  readonly assessmentId?: string;
  @OneOf(PRODUCTS, optional)
  readonly product?: Product;
  @Nested(() => Cover, optional)
  readonly cover?: Cover;
  @Amount('A year.')
  readonly premium?: Money;
  @ListOf(() => RatingStep, optional)
  readonly rating?: readonly RatingStep[];
  @Decimal(optional)
  readonly riskScore?: number;
  @Decimal(optional)
  readonly bonusMalus?: number;
  @Nested(() => MotorFacts, optional)
  readonly motor?: MotorFacts;
  @Nested(() => HomeFacts, optional)
  readonly home?: HomeFacts;
  @Time(optional)
  readonly effectiveFrom?: string;
  @Time(optional)
  readonly validUntil?: string;
  @Id({ ...optional, description: 'Of an accepted quote.' })
  readonly policyId?: string;
  @ListOf(() => Reason, { description: 'Why it was declined.' })
  readonly reasons!: readonly Reason[];
  @Time()
  readonly issuedAt!: string;
}

export class PolicyAnswer extends Folded {
  @Id()
  readonly policyId!: string;
  @Id()
  readonly customerId!: string;
  @Id()
  readonly quoteId!: string;
  @OneOf(PRODUCTS)
  readonly product!: Product;
  @OneOf(POLICY_STATUSES)
  readonly status!: string;
  @Int({ min: 1 })
  readonly version!: number;
  @Nested(() => Cover)
  readonly cover!: Cover;
  @Amount('A year.')
  readonly premium?: Money;
  @Nested(() => MotorFacts, optional)
  readonly motor?: MotorFacts;
  @Nested(() => HomeFacts, optional)
  readonly home?: HomeFacts;
  @Time()
  readonly effectiveFrom!: string;
  @Time()
  readonly effectiveTo!: string;
  @Decimal()
  readonly bonusMalus!: number;
  @Time()
  readonly boundAt!: string;
  @Time(optional)
  readonly endedAt?: string;
  @Text({ ...optional, max: 1000 })
  readonly endReason?: string;
  @Text(optional)
  readonly cancellationMethod?: string;
  @Amount()
  readonly refund?: Money;
}

export class PolicyVersionAnswer {
  @Int({ min: 1 })
  readonly version!: number;
  @OneOf(POLICY_CHANGES)
  readonly change!: string;
  @Time()
  readonly effectiveFrom!: string;
  @Time()
  readonly effectiveTo!: string;
  @Nested(() => Cover)
  readonly cover!: Cover;
  @Amount('A year.')
  readonly premium?: Money;
  @Nested(() => SignedMoneyValue, { ...optional, description: 'Of an endorsement; negative is paid back.' })
  readonly premiumDifference?: Money;
  @Decimal()
  readonly bonusMalus!: number;
  @Time()
  readonly changedAt!: string;
}

export class WholePolicyAnswer extends PolicyAnswer {
  @ListOf(() => PolicyVersionAnswer, { description: 'Oldest first.' })
  readonly versions!: readonly PolicyVersionAnswer[];
}

export class ClaimAnswer extends Folded {
  @Id()
  readonly claimId!: string;
  @Id()
  readonly customerId!: string;
  @Id()
  readonly policyId!: string;
  @OneOf(CLAIM_STATUSES)
  readonly status!: string;
  @Time()
  readonly lossAt!: string;
  @Time()
  readonly reportedAt!: string;
  @OneOf(PERILS)
  readonly cause!: Peril;
  @Text()
  readonly reporter!: string;
  @Nested(() => MoneyValue)
  readonly estimatedLoss!: Money;
  @Amount('Set aside now.')
  readonly reserve?: Money;
  @Amount()
  readonly payable?: Money;
  @Nested(() => MoneyValue, { description: 'Settled by the provider, over all payments.' })
  readonly paid!: Money;
  @Flag({ ...optional, description: 'Absent until the policy agent has answered.' })
  readonly covered?: boolean;
  @ListOf(() => Reason)
  readonly coverageReasons!: readonly Reason[];
  @Int(optional)
  readonly fraudPoints?: number;
  @ListOf(() => FraudIndicator)
  readonly fraudIndicators!: readonly FraudIndicator[];
  @OneOf(AUTHORITIES, optional)
  readonly requiredAuthority?: Authority;
  @Text({ ...optional, description: 'AUTOMATIC, or the person who decided last.' })
  readonly decidedBy?: string;
  @ListOf(() => Reason, { description: 'Of the last decision, referral, refusal or reopening.' })
  readonly reasons!: readonly Reason[];
  @OneOf(CLAIM_OUTCOMES, optional)
  readonly outcome?: ClaimOutcome;
  @Time()
  readonly filedAt!: string;
  @Time(optional)
  readonly closedAt?: string;
}

class PaymentAnswer {
  @Id()
  readonly paymentId!: string;
  @OneOf(['settled', 'refused'])
  readonly status!: string;
  @Nested(() => MoneyValue)
  readonly amount!: Money;
  @Text(optional)
  readonly providerReference?: string;
  @Nested(() => Reason, optional)
  readonly refusal?: Reason;
  @Time()
  readonly answeredAt!: string;
}

export class WholeClaimAnswer extends ClaimAnswer {
  @ListOf(() => PaymentAnswer)
  readonly payments!: readonly PaymentAnswer[];
}

export class ConversationAnswer extends Folded {
  @Id()
  readonly conversationId!: string;
  @Id()
  readonly customerId!: string;
  @OneOf(['open', 'closed'])
  readonly status!: string;
  @Time()
  readonly openedAt!: string;
  @Time(optional)
  readonly closedAt?: string;
  @Int({ min: 0 })
  readonly messageCount!: number;
  @Time(optional)
  readonly lastMessageAt?: string;
}

class ConversationLine {
  @Int({ min: 1 })
  readonly sequence!: number;
  @OneOf(CONVERSATION_AUTHORS)
  readonly author!: ConversationAuthor;
  @Text({ min: 0, max: 4000, personal: true })
  readonly text!: string;
  @Time()
  readonly sentAt!: string;
  @Id()
  readonly messageId!: string;
}

export class ConversationLinesAnswer extends PageAnswer {
  @ListOf(() => ConversationLine, { description: 'Oldest first.' })
  readonly items!: readonly ConversationLine[];
}

export class NotificationAnswer extends Folded {
  @Id()
  readonly notificationId!: string;
  @Id()
  readonly customerId!: string;
  @OneOf(CHANNELS)
  readonly channel!: Channel;
  @Text()
  readonly template!: string;
  @Text()
  readonly language!: string;
  @StringMap()
  readonly parameters!: Readonly<Record<string, string>>;
  @Id({ description: 'Message that the customer is told about.' })
  readonly causedBy!: string;
  @OneOf(CONSENT_PURPOSES, { ...optional, description: 'Absent = SERVICE.' })
  readonly purpose?: string;
  @Time()
  readonly requestedAt!: string;
  @OneOf(NOTIFICATION_STATUSES, { description: '`requested` until the outcome is known.' })
  readonly status!: string;
  @Nested(() => Reason, { ...optional, description: 'Why it was not delivered.' })
  readonly reason?: Reason;
  @Time({ ...optional, description: 'When the outcome was known.' })
  readonly closedAt?: string;
}

export class CustomersPage extends PageAnswer {
  @ListOf(() => CustomerAnswer)
  readonly items!: readonly CustomerAnswer[];
}
export class QuotesPage extends PageAnswer {
  @ListOf(() => QuoteAnswer)
  readonly items!: readonly QuoteAnswer[];
}
export class PoliciesPage extends PageAnswer {
  @ListOf(() => PolicyAnswer)
  readonly items!: readonly PolicyAnswer[];
}
export class ClaimsPage extends PageAnswer {
  @ListOf(() => ClaimAnswer)
  readonly items!: readonly ClaimAnswer[];
}
export class ConversationsPage extends PageAnswer {
  @ListOf(() => ConversationAnswer)
  readonly items!: readonly ConversationAnswer[];
}
export class NotificationsPage extends PageAnswer {
  @ListOf(() => NotificationAnswer)
  readonly items!: readonly NotificationAnswer[];
}
