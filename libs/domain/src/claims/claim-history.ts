import type { ClaimFiledPayload, ClaimOutcome } from '@aika/contracts';
import { utcDate } from '../time.js';
import type { ClaimState } from './claim.state.js';

/** What the claims of one customer know of each other; kept beside the claims by their agent. */
export interface ClaimSummary {
  readonly claimId: string;
  readonly policyId: string;
  readonly lossAt: string;
  readonly cause: ClaimFiledPayload['cause'];
  readonly reporter: string;
  /** Absent = not closed. */
  readonly outcome?: ClaimOutcome;
}

/** Counts that the risk agent asks for. */
export interface ClaimHistory {
  /** Other claims of the customer on other losses, withdrawn ones left out. */
  readonly priorClaims: number;
  /** Other claims on the same policy and loss date: another cause or reporter for what is likely one loss. */
  readonly sameLossClaims: number;
}

type Loss = Pick<ClaimFiledPayload, 'policyId' | 'lossAt'>;
type Notice = Loss & Pick<ClaimFiledPayload, 'cause' | 'reporter'>;

/** The summary of a claim, or nothing for one that was never filed. */
export function claimSummary(state: ClaimState): ClaimSummary | undefined {
  if (state.status === 'none') return undefined;
  const { claimId, policyId, lossAt, cause, reporter } = state.file.facts;
  const summary = { claimId, policyId, lossAt, cause, reporter };
  return state.status === 'closed' ? { ...summary, outcome: state.outcome } : summary;
}

/**
 * The claim that already reports this: same policy, loss date (UTC), cause and reporter. A withdrawn claim may be
 * filed again; a denied or paid one has to be reopened instead.
 */
export function findDuplicate(
  notice: Notice,
  claimId: string,
  others: readonly ClaimSummary[],
): ClaimSummary | undefined {
  return others.find(
    (other) =>
      counts(other, claimId) &&
      isSameLoss(notice, other) &&
      other.cause === notice.cause &&
      other.reporter === notice.reporter,
  );
}

/** Counts the customer's other claims against this one, which may be among them. */
export function claimHistory(
  claim: Loss & { readonly claimId: string },
  summaries: readonly ClaimSummary[],
): ClaimHistory {
  const others = summaries.filter((other) => counts(other, claim.claimId));
  const sameLossClaims = others.filter((other) => isSameLoss(claim, other)).length;
  return { priorClaims: others.length - sameLossClaims, sameLossClaims };
}

function counts(other: ClaimSummary, claimId: string): boolean {
  return other.claimId !== claimId && other.outcome !== 'WITHDRAWN';
}

function isSameLoss(a: Loss, b: Loss): boolean {
  return a.policyId === b.policyId && utcDate(a.lossAt) === utcDate(b.lossAt);
}
