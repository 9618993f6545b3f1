import { amountText } from './amount-text.js';
import { closed, idsOf, released } from './claim.events.js';
import type {
  ClaimEvent,
  CloseClaimCommand,
  ConfirmPaymentCommand,
  ReleaseReserveCommand,
} from './claim.messages.js';
import { refuse } from './claim.refusals.js';
import type { ApprovedClaim, ClaimFile, KnownClaim } from './claim.state.js';
import { paymentIdOf } from './claim.state.js';

/** The provider paid what was approved. Anything else that it says it paid needs a person. */
export function confirmPayment(state: KnownClaim, command: ConfirmPaymentCommand): readonly ClaimEvent[] {
  const { paymentId, amount } = command.data;
  if (wasPaid(state.file, paymentId)) return [];
  if (!isAwaited(state, paymentId)) {
    return refuse(command, 'unexpected_payment', `No payment ${paymentId} is awaited on this claim.`);
  }
  if (amount.amount !== state.payable.amount || amount.currency !== state.payable.currency) {
    const detail = `${amountText(amount)} was paid where ${amountText(state.payable)} was approved.`;
    return refuse(command, 'payment_differs', detail);
  }
  return [{ type: 'CLAIM_PAID', data: { ...idsOf(state.file), paymentId, amount } }];
}

/** Ends a paid claim. */
export function closeClaim(state: KnownClaim, command: CloseClaimCommand): readonly ClaimEvent[] {
  switch (state.status) {
    case 'closed':
      return [];
    case 'paid':
      return [closed(state.file, 'PAID')];
    case 'denied':
      return [closed(state.file, 'DENIED')];
    case 'withdrawn':
      return [closed(state.file, 'WITHDRAWN')];
    case 'filed':
    case 'reserved':
    case 'referred':
    case 'approved':
    case 'payment_refused':
    case 'reopened':
      return refuse(command, 'claim_not_settled', 'The claim is neither paid, denied nor withdrawn.');
    default:
      state satisfies never;
      return [];
  }
}

/** Frees the reserve of a payment that the provider refused; a refusal that was handled already says nothing. */
export function releaseReserve(state: KnownClaim, command: ReleaseReserveCommand): readonly ClaimEvent[] {
  const { paymentId, reason } = command.data;
  if (wasPaid(state.file, paymentId)) {
    return refuse(command, 'already_paid', `Payment ${paymentId} was settled; its reserve is spent.`);
  }
  if (isAwaited(state, paymentId)) return released(state.file, reason);
  if (wasAttempted(state.file, paymentId)) return [];
  return refuse(command, 'unexpected_payment', `There was no payment ${paymentId} on this claim.`);
}

function isAwaited(state: KnownClaim, paymentId: string): state is ApprovedClaim {
  return state.status === 'approved' && state.paymentId === paymentId;
}

function wasPaid(file: ClaimFile, paymentId: string): boolean {
  return file.payments.some((payment) => payment.paymentId === paymentId);
}

function wasAttempted({ facts, paymentAttempts }: ClaimFile, paymentId: string): boolean {
  const attempts = Array.from({ length: paymentAttempts }, (_, index) => index + 1);
  return attempts.some((attempt) => paymentIdOf(facts.claimId, attempt) === paymentId);
}
