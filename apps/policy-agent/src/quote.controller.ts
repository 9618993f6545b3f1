import {
  AcceptQuote,
  AcceptQuotePayload,
  ExpireQuote,
  ExpireQuotePayload,
  RiskAssessmentCompleted,
  RiskAssessmentCompletedPayload,
  StartCover,
} from '@aika/contracts';
import { bindingOf, type BindPolicy, quoteIdOf } from '@aika/domain';
import { AgentController, Handles } from '@aika/messaging/nest';
import { commandOf, decideOn, originOf, stateOf } from '@aika/workflow';
import { policyAgent, type PolicyContext } from './policy.agent.js';
import { policy, quote } from './policy.entities.js';

/** Quotes assessments, and binds what customers accept. */
@AgentController(policyAgent)
export class QuoteController {
  /** Assessments of other programs say no purpose and no product: nobody asked for a quote. */
  @Handles(RiskAssessmentCompleted)
  quoteAssessment(assessment: RiskAssessmentCompletedPayload, context: PolicyContext): void {
    if (!assessment.purpose || !assessment.product) return;
    const command = commandOf(context, 'ISSUE_QUOTE', assessment);
    const events = decideOn(context, quote, quoteIdOf(command), command);
    for (const { type, data } of events) {
      if (type !== 'QUOTE_ISSUED') continue;
      const { customerId, quoteId, validUntil } = data;
      context.schedule(expiryTimer(quoteId), validUntil, ExpireQuote, { customerId, quoteId });
    }
  }

  /** Acceptance and binding are one transaction: nobody ever sees one without the other. */
  @Handles(AcceptQuote)
  acceptQuote(acceptance: AcceptQuotePayload, context: PolicyContext): void {
    const { quoteId } = acceptance;
    const events = decideOn(context, quote, quoteId, commandOf(context, 'ACCEPT_QUOTE', acceptance));
    if (!events.some(({ type }) => type === 'QUOTE_ACCEPTED')) return;
    context.cancel(expiryTimer(quoteId));
    const binding = bindingOf(stateOf(context, quote, quoteId), originOf(context));
    if (binding) bind(context, binding);
  }

  @Handles(ExpireQuote)
  expireQuote(expiry: ExpireQuotePayload, context: PolicyContext): void {
    decideOn(context, quote, expiry.quoteId, commandOf(context, 'EXPIRE_QUOTE', expiry));
  }
}

/** Cover that begins later begins by a timer. */
function bind(context: PolicyContext, binding: BindPolicy): void {
  const events = decideOn(context, policy, binding.data.policyId, binding);
  const bound = events.find(({ type }) => type === 'POLICY_BOUND');
  if (bound?.type !== 'POLICY_BOUND' || events.some(({ type }) => type === 'POLICY_TOOK_EFFECT')) return;
  const { customerId, policyId, effectiveFrom } = bound.data;
  context.schedule(`start-cover/${policyId}`, effectiveFrom, StartCover, { customerId, policyId });
}

function expiryTimer(quoteId: string): string {
  return `expire-quote/${quoteId}`;
}
