export { amountText } from './amount-text.js';
export * from './authority.js';
export * from './claim-desk.js';
export { claimDecider } from './claim.decider.js';
export { decisionOf as claimDecisionOf } from './claim.evolve.js';
export * from './claim-history.js';
export * from './claim.messages.js';
export { paidSoFar, paymentIdOf } from './claim.state.js';
export type {
  ApprovedClaim,
  ClaimFile,
  ClaimState,
  KnownClaim,
  RecordedDecision,
  ReferredClaim,
  ReopenedClaim,
  SettledPayment,
} from './claim.state.js';
export { ABOVE_OWN_AUTHORITY, ownLimit } from './four-eyes.js';
export * from './reason-codes.js';
export { NOTICE_PERIOD_DAYS } from './denial.js';
export { claimIdOf } from './fnol.js';
export { payableAmount } from './payable.js';
export type { PayableTerms } from './payable.js';
export { ASSESSMENT_OVERDUE, CURRENCY_MISMATCH } from './referral.js';
export * from './referral-recommendation.js';
