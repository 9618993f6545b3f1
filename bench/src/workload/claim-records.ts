import {
  ClaimApproved,
  type ClaimApprovedPayload,
  CLAIMS_AGENT,
  type Envelope,
  messageHeaders,
  writeMessage,
} from '@aika/contracts';
import { type OutgoingRecord, partitionFor } from '@aika/messaging';

export interface ClaimRecordOptions {
  readonly topic: string;
  readonly partitions: number;
  /** Distinct customers, met in turn: neighbouring messages are never of one customer. */
  readonly customers: number;
  /** Every so many-th customer is met; 1 = one after the other. No divisor of `customers`. */
  readonly stride?: number;
  /** Default NORMAL. */
  readonly priority?: Envelope['priority'];
  /** RFC 3339 UTC. */
  readonly timestamp: string;
  /** Separates the message ids of two fills. */
  readonly name: string;
}

const REASON =
  'The loss falls within the policy period, the peril is covered, the excess was taken off, and the amount is ' +
  'within the automatic limit of this product; no sign of fraud was found in the history of the customer.';

/** The n-th input: a CLAIM_APPROVED of about 700 bytes. The same options and number give the same record. */
export function claimRecord(n: number, options: ClaimRecordOptions): OutgoingRecord {
  const customerId = customerIdOf((n * (options.stride ?? 1)) % options.customers);
  const id = String(n).padStart(8, '0');
  const envelope: Envelope<ClaimApprovedPayload> = {
    messageId: `msg-${options.name}-${id}`,
    timestamp: options.timestamp,
    sourceAgentId: CLAIMS_AGENT,
    targetAgentId: null,
    messageType: ClaimApproved.type,
    priority: options.priority ?? 'NORMAL',
    schemaVersion: ClaimApproved.version,
    payload: {
      customerId,
      claimId: `clm-${options.name}-${id}`,
      payable: { amount: 10_000 + (n % 1000), currency: 'GBP' },
      approvedBy: 'AUTOMATIC',
      reasons: [{ code: 'within_automatic_limit', detail: REASON }],
    },
    metadata: {
      conversationId: `conv-${id}`,
      correlationId: `msg-fnol-${id}`,
      causationId: `msg-risk-${id}`,
    },
  };
  return {
    topic: options.topic,
    partition: partitionFor(customerId, options.partitions),
    key: customerId,
    value: writeMessage(envelope),
    headers: messageHeaders(envelope, ClaimApproved),
  };
}

export function customerIdOf(n: number): string {
  return `cust-${String(n).padStart(7, '0')}`;
}
