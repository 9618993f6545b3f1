import { QuoteAccepted, QuoteDeclined, QuoteExpired, QuoteIssued } from '@aika/contracts';
import { defineFold } from '../entity-fold.js';
import { on } from '../view-event.js';

/** Offers to customers and what became of them. */
export const quotesFold = defineFold<'quotes'>({
  table: 'quotes',
  key: 'quote_id',
  births: [
    on(QuoteIssued, (quote, { occurredAt }) => ({
      quote_id: quote.quoteId,
      customer_id: quote.customerId,
      status: 'issued',
      assessment_id: quote.assessmentId ?? null,
      product: quote.product,
      cover: quote.cover,
      premium_amount: quote.premium.amount,
      premium_currency: quote.premium.currency,
      rating: quote.rating,
      risk_score: quote.riskScore,
      bonus_malus: quote.bonusMalus,
      motor: quote.motor ?? null,
      home: quote.home ?? null,
      effective_from: quote.effectiveFrom,
      valid_until: quote.validUntil,
      policy_id: null,
      reasons: [],
      issued_at: occurredAt,
    })),
    on(QuoteDeclined, ({ quoteId, customerId, reasons }, { occurredAt }) => ({
      quote_id: quoteId,
      customer_id: customerId,
      status: 'declined',
      assessment_id: null,
      product: null,
      cover: null,
      premium_amount: null,
      premium_currency: null,
      rating: null,
      risk_score: null,
      bonus_malus: null,
      motor: null,
      home: null,
      effective_from: null,
      valid_until: null,
      policy_id: null,
      reasons,
      issued_at: occurredAt,
    })),
  ],
  changes: [
    on(QuoteAccepted, ({ policyId }) => ({ status: 'accepted', policy_id: policyId })),
    on(QuoteExpired, (_quote, _event, { status }) => ({
      // An acceptance stands, whichever of the two the log took first.
      status: status === 'issued' ? 'expired' : status,
    })),
  ],
});
