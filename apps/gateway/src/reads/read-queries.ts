import { fields, PRODUCTS, type Product } from '@aika/contracts';
import { CLAIM_STATUSES, POLICY_STATUSES, QUOTE_STATUSES } from '@aika/views';
import { PageQuery } from '../http/page.js';

const ORDERS = ['newest', 'oldest'] as const;

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
}
export class NotificationsQuery extends CustomersOwnQuery {}

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
export class ConversationParams {
  @fields.Id()
  readonly conversationId!: string;
}
