import type { ClaimFiledPayload } from '@aika/contracts';
import { deriveId, MAX_ID_LENGTH } from '@aika/contracts';
import { earliest, epochMillis, isAfter, utcDate } from '../time.js';
import { amountText } from './amount-text.js';
import { findDuplicate } from './claim-history.js';
import type { ClaimEvent, FileClaimCommand } from './claim.messages.js';
import { refuse } from './claim.refusals.js';
import type { ClaimState } from './claim.state.js';

/** A sender's clock may be this far ahead; the same tolerance as for a message's own time. */
const CLOCK_SKEW_MS = 5 * 60_000;

/** A payment's id is the claim's with `-pay-` and a number, and has to be a valid id too. */
const MAX_CLAIM_ID_LENGTH = MAX_ID_LENGTH - '-pay-9'.length;

const DEFAULT_REPORTER = 'policyholder';

/** The id of the claim that the notice opens: the sender's own, or one that follows from the message id. */
export function claimIdOf(command: Pick<FileClaimCommand, 'id' | 'data'>): string {
  return command.data.claimId ?? deriveId('clm', command.id);
}

/** Takes a first notice of loss: files it, or says why not; a repeat of the same notice says nothing. */
export function fileClaim(state: ClaimState, command: FileClaimCommand): readonly ClaimEvent[] {
  const notice = noticeOf(command);
  if (state.status !== 'none') return fileAgain(state.file.facts, command, notice);
  return impossibleNotice(command, notice) ?? duplicateNotice(command, notice) ?? [filed(notice)];
}

function noticeOf(command: FileClaimCommand): ClaimFiledPayload {
  const { customerId, policyId, lossAt, reportedAt, cause, estimatedLoss, reporter } = command.data;
  return {
    customerId,
    claimId: claimIdOf(command),
    policyId,
    lossAt,
    reportedAt: reportedAt ?? command.at,
    cause,
    estimatedLoss,
    reporter: reporter ?? DEFAULT_REPORTER,
  };
}

function filed(notice: ClaimFiledPayload): ClaimEvent {
  return { type: 'CLAIM_FILED', data: notice };
}

/** The same words under a new message id come a moment later: an unstated time of report is no difference. */
function fileAgain(known: ClaimFiledPayload, command: FileClaimCommand, notice: ClaimFiledPayload) {
  const same =
    known.customerId === notice.customerId &&
    known.policyId === notice.policyId &&
    known.lossAt === notice.lossAt &&
    known.cause === notice.cause &&
    known.reporter === notice.reporter &&
    known.estimatedLoss.amount === notice.estimatedLoss.amount &&
    known.estimatedLoss.currency === notice.estimatedLoss.currency &&
    (command.data.reportedAt === undefined || known.reportedAt === notice.reportedAt);
  const detail = `Claim ${known.claimId} was filed with other content.`;
  return same ? [] : refuse(command, 'claim_id_taken', detail, known.claimId);
}

function impossibleNotice(command: FileClaimCommand, notice: ClaimFiledPayload) {
  const { lossAt, reportedAt, estimatedLoss, claimId } = notice;
  const no = (code: string, detail: string) => refuse(command, code, detail, claimId);
  if (isAfter(lossAt, earliest(command.at, reportedAt))) {
    return no(
      'loss_in_future',
      `The loss at ${lossAt} is later than its notice at ${earliest(command.at, reportedAt)}.`,
    );
  }
  if (epochMillis(reportedAt) > epochMillis(command.at) + CLOCK_SKEW_MS) {
    return no('report_in_future', `The report at ${reportedAt} is later than the message at ${command.at}.`);
  }
  if (estimatedLoss.amount <= 0) {
    return no(
      'estimated_loss_not_positive',
      `The estimated loss must be above zero, not ${amountText(estimatedLoss)}.`,
    );
  }
  if (claimId.length > MAX_CLAIM_ID_LENGTH) {
    return no('claim_id_too_long', `A claim id has at most ${MAX_CLAIM_ID_LENGTH} characters.`);
  }
  return undefined;
}

function duplicateNotice(command: FileClaimCommand, notice: ClaimFiledPayload) {
  const other = findDuplicate(notice, notice.claimId, command.openClaims);
  if (!other) return undefined;
  const loss = `${notice.cause} on ${utcDate(notice.lossAt)} under policy ${notice.policyId}`;
  const detail = `Claim ${other.claimId} already reports this loss: ${loss}.`;
  return refuse(command, 'duplicate_claim', detail, notice.claimId);
}
