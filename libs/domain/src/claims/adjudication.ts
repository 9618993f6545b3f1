import { DECIDED_AUTOMATICALLY } from '@aika/contracts';
import { amountText } from './amount-text.js';
import { automaticLimit } from './authority.js';
import { approved, deniedAndClosed, reserved } from './claim.events.js';
import { evolveClaim } from './claim.evolve.js';
import type {
  ClaimEvent,
  EscalateClaimCommand,
  RecordCoverageCommand,
  RecordFraudAssessmentCommand,
} from './claim.messages.js';
import type { ClaimFile, KnownClaim, ReferredClaim } from './claim.state.js';
import { denialReasons } from './denial.js';
import { knownPayable } from './known-payable.js';
import { ASSESSMENT_OVERDUE, overdueReason, referralOf, requiredAuthority } from './referral.js';

/** Keeps the policy agent's first answer, in whatever status, and acts on it. */
export function recordCoverage(state: KnownClaim, command: RecordCoverageCommand): readonly ClaimEvent[] {
  if (state.file.coverage) return [];
  return observe(state, { type: 'COVERAGE_VERIFIED', data: command.data });
}

/** Keeps the risk agent's first answer, in whatever status, and acts on it. */
export function recordFraudAssessment(
  state: KnownClaim,
  command: RecordFraudAssessmentCommand,
): readonly ClaimEvent[] {
  if (state.file.fraud) return [];
  return observe(state, { type: 'CLAIM_RISK_ASSESSED', data: command.data });
}

/** Hands a claim whose assessments did not come in time to a person; quiet once anything was decided. */
export function escalate(state: KnownClaim, _command: EscalateClaimCommand): readonly ClaimEvent[] {
  if (state.status !== 'filed') return [];
  return [{ type: 'CLAIM_REFERRED', data: referralOf(state.file, [overdueReason(state.file)]) }];
}

function observe(state: KnownClaim, answer: ClaimEvent): readonly ClaimEvent[] {
  const after = evolveClaim(state, answer);
  if (after.status === 'filed') return [answer, ...adjudicate(after.file)];
  if (after.status === 'referred') return [answer, ...reviseReferral(after)];
  return [answer];
}

/**
 * What follows from the answers that are there. A denial follows from cover, period and notice alone, so it
 * never waits for the fraud score. Everything else waits for both answers; then the reserve comes first.
 */
function adjudicate(file: ClaimFile): readonly ClaimEvent[] {
  const denial = denialReasons(file);
  if (denial.length > 0) return deniedAndClosed(file, denial, DECIDED_AUTOMATICALLY);
  if (!file.coverage || !file.fraud) return [];
  const decision =
    requiredAuthority(file) === 'AUTOMATIC' ? approvedAutomatically(file) : referredToPerson(file);
  return [reserved(file, knownPayable(file)), decision];
}

function approvedAutomatically(file: ClaimFile): ClaimEvent {
  const payable = knownPayable(file);
  const limit = amountText(automaticLimit(payable.currency));
  const detail = `${amountText(payable)} is within the automatic limit of ${limit}, without fraud points.`;
  return approved(file, payable, DECIDED_AUTOMATICALLY, [{ code: 'within_automatic_limit', detail }]);
}

function referredToPerson(file: ClaimFile): ClaimEvent {
  return { type: 'CLAIM_REFERRED', data: referralOf(file) };
}

/**
 * An answer that comes after its deadline. It may still deny; else the person keeps the claim, and learns of
 * amounts that are different now, because the escalation could only state the estimate.
 */
function reviseReferral(state: ReferredClaim): readonly ClaimEvent[] {
  const { file } = state;
  if (!state.reasons.some((reason) => reason.code === ASSESSMENT_OVERDUE)) return [];
  const denial = denialReasons(file);
  if (denial.length > 0) return deniedAndClosed(file, denial, DECIDED_AUTOMATICALLY);
  const referral = referralOf(file, [overdueReason(file)]);
  const unchanged =
    referral.payable.amount === state.payable.amount &&
    referral.payable.currency === state.payable.currency &&
    referral.fraudPoints === state.fraudPoints &&
    referral.requiredAuthority === state.requiredAuthority;
  return unchanged ? [] : [{ type: 'CLAIM_REFERRED', data: referral }];
}
