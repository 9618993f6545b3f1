import {
  ClaimApproved,
  ClaimClosed,
  ClaimDenied,
  ClaimFiled,
  ClaimInformationProvided,
  ClaimInformationRequested,
  ClaimPaid,
  ClaimReferralEscalated,
  ClaimReferred,
  ClaimReopened,
  ClaimReserved,
  ClaimRiskAssessed,
  ClaimWithdrawn,
  CommandRejected,
  CoverageVerified,
  type MessageDefinition,
  NotificationClosed,
  NotificationRequested,
  PaymentRefused,
  PaymentSettled,
  type Reason,
  ReserveReleased,
} from '@aika/contracts';
import type { RowOf } from '@aika/views';
import { historyOf } from './answers-of-rows.js';
import type { PaperAnswer, PaperKind } from './history-answers.js';

/** What a paper says beside what every message says. */
type Told = Pick<PaperAnswer, 'kind'> & Partial<PaperAnswer>;
type Teller = readonly [type: string, tell: (payload: never) => Told];

const TELLERS = new Map<string, (payload: never) => Told>([
  on(ClaimFiled, ({ estimatedLoss }) => ({ kind: 'notice', amount: estimatedLoss })),
  on(CoverageVerified, ({ covered, reasons }) => ({ kind: 'cover', covered, reasons })),
  on(ClaimRiskAssessed, ({ fraudPoints, indicators }) => {
    const reasons = indicators.map(({ code, detail }) => ({ code, detail }));
    return { kind: 'fraud', fraudPoints, fraudIndicators: indicators, reasons };
  }),
  on(ClaimReserved, ({ reserve }) => ({ kind: 'reserve', amount: reserve })),
  on(ReserveReleased, ({ released, reason }) => ({ kind: 'reserve', amount: released, reasons: [reason] })),
  on(ClaimReferred, ({ payable, fraudPoints, requiredAuthority, reasons }) => ({
    kind: 'referral',
    amount: payable,
    fraudPoints,
    requiredAuthority,
    reasons,
  })),
  on(ClaimReferralEscalated, ({ requiredAuthority, reason }) => ({
    kind: 'escalation',
    requiredAuthority,
    reasons: [reason],
  })),
  on(ClaimInformationRequested, ({ reason }) => ({ kind: 'question', reasons: [reason] })),
  on(ClaimInformationProvided, () => ({ kind: 'answer' })),
  on(ClaimApproved, ({ payable, approvedBy, reasons }) => ({
    kind: 'decision',
    amount: payable,
    decidedBy: approvedBy,
    reasons,
  })),
  on(ClaimDenied, ({ deniedBy, reasons }) => ({ kind: 'decision', decidedBy: deniedBy, reasons })),
  on(PaymentSettled, ({ amount }) => ({ kind: 'payment', amount })),
  on(PaymentRefused, ({ amount, reason }) => ({ kind: 'payment', amount, reasons: [reason] })),
  on(ClaimPaid, ({ amount }) => ({ kind: 'payment', amount })),
  on(ClaimWithdrawn, ({ reason }) => ({ kind: 'withdrawal', reasons: said('withdrawn', reason) })),
  on(ClaimReopened, ({ reason }) => ({ kind: 'reopening', reasons: [reason] })),
  on(ClaimClosed, () => ({ kind: 'closing' })),
  on(NotificationRequested, () => ({ kind: 'notification' })),
  on(NotificationClosed, ({ reason }) => ({ kind: 'notification', ...(reason && { reasons: [reason] }) })),
  on(CommandRejected, ({ code, detail }) => ({ kind: 'refusal', reasons: said(code, detail) })),
]);

/** An event as a paper in the file of a claim. */
export function paperOf(row: RowOf<'events'>): PaperAnswer {
  const told = TELLERS.get(row.type)?.(row.payload as never) ?? { kind: 'other' satisfies PaperKind };
  return { ...historyOf(row), reasons: [], ...told };
}

function on<P extends object>(definition: MessageDefinition<string, P>, tell: (payload: P) => Told): Teller {
  return [definition.type, tell];
}

function said(code: string, detail: string): readonly Reason[] {
  return [{ code, detail }];
}
