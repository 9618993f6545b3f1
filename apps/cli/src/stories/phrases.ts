import type { Money } from '@aika/contracts';
import type { JournalEntry } from '../journal/seen-messages.js';
import { amountText } from './story.js';

type Fields = Readonly<Record<string, unknown>>;

const money = (value: unknown): string => amountText(value as Money);
const reasons = (value: unknown): string =>
  (value as readonly { readonly detail: string }[])
    .map(({ detail }) => detail.replace(/\.$/, ''))
    .join('; ') || 'none';
const list = (value: unknown): string => (value as readonly string[]).join(', ') || 'nothing of note';

/** What a message means in plain words; types that are left out are told by their name. */
const PHRASES: Readonly<Record<string, (payload: Fields) => string | undefined>> = {
  CUSTOMER_REGISTERED: () => 'has her on file',
  CONVERSATION_MESSAGE_RECORDED: (p) => `keeps message ${Number(p['sequence'])} of the conversation`,
  RISK_ASSESSMENT_COMPLETED: (p) =>
    `scores the risk ${Number(p['riskScore'])} of 100 (${list(p['riskFactors'])})`,
  POLICY_RECOMMENDED: (p) => `recommends ${list((p['cover'] as Fields)['perils'])}`,
  QUOTE_ISSUED: (p) => `quotes ${money(p['premium'])} a year`,
  QUOTE_DECLINED: (p) => `declines: ${reasons(p['reasons'])}`,
  QUOTE_ACCEPTED: () => 'notes the acceptance',
  POLICY_BOUND: (p) => `binds policy ${String(p['policyId'])}`,
  POLICY_TOOK_EFFECT: () => 'the policy is in force',
  CLAIM_FILED: (p) => `takes claim ${String(p['claimId'])} over ${money(p['estimatedLoss'])}`,
  VERIFY_COVERAGE: () => 'asks the policy agent: is it covered?',
  ASSESS_CLAIM_RISK: () => 'asks the risk agent: any sign of fraud?',
  COVERAGE_VERIFIED: (p) =>
    p['covered'] === true ? 'it is covered' : `not covered: ${reasons(p['reasons'])}`,
  CLAIM_RISK_ASSESSED: (p) => `${Number(p['fraudPoints'])} fraud points`,
  CLAIM_RESERVED: (p) => `reserves ${money(p['reserve'])}`,
  CLAIM_APPROVED: (p) => `approves ${money(p['payable'])} (${String(p['approvedBy']).toLowerCase()})`,
  CLAIM_REFERRED: (p) => `refers it to a person: ${reasons(p['reasons'])}`,
  CLAIM_REFERRAL_ESCALATED: (p) => `asks for a decision: ${reasons([p['reason']])}`,
  CLAIM_INFORMATION_REQUESTED: (p) =>
    `asks the ${String(p['askedOf']).toLowerCase()}: ${String(p['question'])}`,
  CLAIM_INFORMATION_PROVIDED: (p) => `has the answer of the ${String(p['from']).toLowerCase()}`,
  CLAIM_DENIED: (p) => `denies: ${reasons(p['reasons'])}`,
  PAYMENT_SETTLED: (p) => `${money(p['amount'])} paid, reference ${String(p['providerReference'])}`,
  PAYMENT_REFUSED: (p) => `the payment of ${money(p['amount'])} is refused: ${reasons([p['reason']])}`,
  CLAIM_PAID: (p) => `books ${money(p['amount'])} as paid`,
  CLAIM_CLOSED: (p) => `closes the claim: ${String(p['outcome']).toLowerCase()}`,
  RESERVE_RELEASED: (p) => `releases the reserve of ${money(p['released'])}`,
  CLAIM_REOPENED: (p) => `reopens the claim: ${reasons([p['reason']])}`,
  NOTIFICATION_REQUESTED: (p) => `notifies the customer (${String(p['template'])}, ${String(p['channel'])})`,
  // That it was delivered is what everybody expects.
  NOTIFICATION_CLOSED: (p) =>
    p['outcome'] === 'DELIVERED'
      ? undefined
      : `does not notify by ${String(p['channel'])}: ${reasons([p['reason']])}`,
  COMMAND_REJECTED: (p) => `refuses ${String(p['commandType'])}: ${String(p['detail'])}`,
};

/** One line about a message, or undefined for what would only be noise to a reader. */
export function phraseOf({ envelope }: JournalEntry): string | undefined {
  if (envelope.messageType === 'AUDIT_RECORDED') return undefined;
  return PHRASES[envelope.messageType]?.(envelope.payload);
}

/** `claims-processing-agent` → `claims`. */
export function speakerOf(sourceAgentId: string): string {
  const names: Readonly<Record<string, string>> = {
    'risk-assessment-agent': 'risk',
    'policy-recommendation-agent': 'policy',
    'claims-processing-agent': 'claims',
    'customer-service-agent': 'customer',
  };
  return names[sourceAgentId] ?? sourceAgentId;
}
