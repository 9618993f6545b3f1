import { ASSESSMENT_PURPOSES, AUTHORITIES, CHANNELS, fields, PRODUCTS, type Product } from '@aika/contracts';
import { CLAIM_STATUSES, NOTIFICATION_STATUSES, POLICY_STATUSES, QUOTE_STATUSES } from '@aika/views';
import { PageQuery } from '../http/page.js';

const ORDERS = ['newest', 'oldest'] as const;
const NOTIFICATION_SORTS = ['requested', 'updated'] as const;

export class ListQuery extends PageQuery {
  @fields.OneOf(ORDERS, { optional: true, description: 'Newest first without it.' })
  readonly order?: 'newest' | 'oldest';
}

class CustomersOwnQuery extends ListQuery {
  @fields.Id({ optional: true })
  readonly customer?: string;
}

export class QuotesQuery extends CustomersOwnQuery {
  @fields.OneOf(QUOTE_STATUSES, { optional: true })
  readonly status?: string;
  @fields.OneOf(PRODUCTS, { optional: true })
  readonly product?: Product;
}
export class PoliciesQuery extends CustomersOwnQuery {
  @fields.OneOf(POLICY_STATUSES, { optional: true })
  readonly status?: string;
  @fields.OneOf(PRODUCTS, { optional: true })
  readonly product?: Product;
}
export class ClaimsQuery extends CustomersOwnQuery {
  @fields.OneOf(CLAIM_STATUSES, { optional: true })
  readonly status?: string;
  @fields.Id({ optional: true })
  readonly policy?: string;
}
export class ConversationsQuery extends CustomersOwnQuery {
  @fields.OneOf(['open', 'closed'], { optional: true })
  readonly status?: string;
}
export class ApprovalsQuery extends CustomersOwnQuery {
  @fields.OneOf(['open', 'approved', 'denied', 'withdrawn'], { optional: true })
  readonly status?: string;
  @fields.OneOf(['referred', 'reopened'], { optional: true })
  readonly kind?: string;
  @fields.OneOf(AUTHORITIES, { optional: true, description: 'Who may decide it.' })
  readonly authority?: string;
  @fields.Flag({ optional: true, description: 'Whether it should have been decided, or answered, by now.' })
  readonly overdue?: boolean;
}
export class NotificationsQuery extends CustomersOwnQuery {
  @fields.OneOf(NOTIFICATION_STATUSES, { optional: true })
  readonly status?: string;
  @fields.OneOf(CHANNELS, { optional: true })
  readonly channel?: string;
  @fields.Text({ optional: true, max: 100 })
  readonly template?: string;
  @fields.OneOf(NOTIFICATION_SORTS, {
    optional: true,
    description: 'By the time of the request without it, else by that of the last change.',
  })
  readonly sort?: (typeof NOTIFICATION_SORTS)[number];
}
export class AssessmentsQuery extends CustomersOwnQuery {
  @fields.OneOf(PRODUCTS, { optional: true })
  readonly product?: Product;
  @fields.OneOf(ASSESSMENT_PURPOSES, { optional: true })
  readonly purpose?: string;
}
export class ParkedKeysQuery extends CustomersOwnQuery {
  @fields.Id({ optional: true })
  readonly agent?: string;
  @fields.Text({ optional: true, max: 200 })
  readonly code?: string;
}

/** Waits as the header `aika-position` does: a link can carry it. */
export class PositionQuery {
  @fields.Text({
    optional: true,
    max: 500,
    description: 'Of the answer to a command: the read waits until the views know of it.',
  })
  readonly position?: string;
}

export class HistoryQuery {
  @fields.Time({ optional: true, description: "What was known by then, by the messages' own clock." })
  readonly asOf?: string;
}

export class CustomerParams {
  @fields.Id()
  readonly customerId!: string;
}
export class QuoteParams {
  @fields.Id()
  readonly quoteId!: string;
}
export class PolicyParams {
  @fields.Id()
  readonly policyId!: string;
}
export class ClaimParams {
  @fields.Id()
  readonly claimId!: string;
}
export class AssessmentParams {
  @fields.Id()
  readonly assessmentId!: string;
}
export class NotificationParams {
  @fields.Id()
  readonly notificationId!: string;
}
export class CommandParams {
  @fields.Id()
  readonly messageId!: string;
}
export class ConversationParams {
  @fields.Id()
  readonly conversationId!: string;
}
