import {
  type ClaimApprovedPayload,
  type Envelope,
  messageHeaders,
  NotificationRequested,
  type NotificationRequestedPayload,
  writeMessage,
} from '@aika/contracts';

/** What is kept of a customer: the state of the work. */
export interface ClaimTally {
  readonly approved: number;
  /** Minor units. */
  readonly total: number;
  readonly lastClaimId: string;
}

/** One more approved claim of the customer. */
export function tallied(
  before: ClaimTally | undefined,
  { claimId, payable }: ClaimApprovedPayload,
): ClaimTally {
  return {
    approved: (before?.approved ?? 0) + 1,
    total: (before?.total ?? 0) + payable.amount,
    lastClaimId: claimId,
  };
}

/** The output for one approved claim; with `tally` it tells what the state says. */
export function noticeOf(
  { customerId, claimId, payable }: ClaimApprovedPayload,
  causedBy: string,
  tally?: ClaimTally,
): NotificationRequestedPayload {
  const state: Readonly<Record<string, string>> = tally
    ? { approved: String(tally.approved), total: String(tally.total) }
    : {};
  return {
    customerId,
    notificationId: `ntf-${claimId}`,
    channel: 'EMAIL',
    template: 'claim_approved',
    language: 'en',
    parameters: { claimId, amount: `${payable.amount} ${payable.currency}`, ...state },
    causedBy,
  };
}

/** The output as a record, as the peers without Aika's runtime write it; the same fields and headers as ours. */
export function noticeRecord(input: Envelope, payload: NotificationRequestedPayload, sourceAgentId: string) {
  const { actor: _actor, ...metadata } = input.metadata;
  const envelope: Envelope<NotificationRequestedPayload> = {
    messageId: `${input.messageId}-notice`,
    timestamp: input.timestamp,
    sourceAgentId,
    targetAgentId: null,
    messageType: NotificationRequested.type,
    priority: input.priority,
    schemaVersion: NotificationRequested.version,
    payload,
    metadata: { ...metadata, causationId: input.messageId },
  };
  return {
    key: payload.customerId,
    value: writeMessage(envelope),
    headers: messageHeaders(envelope, NotificationRequested),
  };
}
