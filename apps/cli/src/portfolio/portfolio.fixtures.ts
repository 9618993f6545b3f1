import type { PortfolioFigures } from './figures.js';
import type { PortfolioPlan, Policyholder } from './portfolio-plan.js';
import type { SeenEvent } from './seen-event.js';

/** The events that the agents have to emit for a policyholder if `expected` is right. */
export function eventsFor(holder: Policyholder, expected: PortfolioFigures): SeenEvent[] {
  const { customerId } = holder;
  const event = (type: string, payload: object): SeenEvent => ({
    messageId: `msg-${type}-of-${customerId}`,
    type,
    customerId,
    payload: { customerId, ...payload },
  });
  const currency = holder.cell.startsWith('motor/') ? 'GBP' : 'DKK';
  const premium = { amount: expected.cells.get(holder.cell)?.lowestPremium ?? 0, currency };
  const policy = [
    event('CUSTOMER_REGISTERED', {}),
    event('QUOTE_ISSUED', { premium, quoteId: `quo-${customerId}` }),
    event('POLICY_BOUND', { premium, policyId: `pol-${customerId}` }),
  ];
  return holder.claim ? [...policy, ...claimEvents(holder, expected, event)] : policy;
}

/** The events of a whole plan. */
export function eventsOf(plan: PortfolioPlan, expected: PortfolioFigures): SeenEvent[] {
  return plan.policyholders.flatMap((holder) => eventsFor(holder, expected));
}

function claimEvents(
  { claim }: Policyholder,
  expected: PortfolioFigures,
  event: (type: string, payload: object) => SeenEvent,
): SeenEvent[] {
  if (!claim) return [];
  const figures = expected.claims.get(claim.name);
  const { claimId, loss: estimatedLoss } = claim;
  const amount = { amount: figures?.paid ?? 0, currency: estimatedLoss.currency };
  const [outcome = '', code = ''] = figures?.decision.split(': ') ?? [];
  const reasons = [{ code, detail: 'As the plan has it.' }];
  const filed = event('CLAIM_FILED', { claimId, estimatedLoss });
  const closed = event('CLAIM_CLOSED', { claimId });
  if (outcome === 'denied') return [filed, event('CLAIM_DENIED', { claimId, reasons }), closed];
  const requiredAuthority = outcome.replace('referred to ', '');
  const isReferred = outcome !== 'approved';
  return [
    filed,
    event('CLAIM_RESERVED', { claimId, reserve: amount }),
    ...(isReferred ? [event('CLAIM_REFERRED', { claimId, requiredAuthority, reasons })] : []),
    event('CLAIM_APPROVED', { claimId, approvedBy: isReferred ? 'somebody' : 'AUTOMATIC', reasons }),
    event('CLAIM_PAID', { claimId, amount }),
    closed,
  ];
}
