import { CustomerAssessmentRequest, topicOf } from '@aika/contracts';
import { readCommittedWithJava } from '@aika/testing';
import type { FaultField } from './fault-field.js';
import { foldChangelog } from './state-check.js';
import { withoutLag } from './takeover-lag.js';

/** A quote, and the timer at which it expires. */
const KEYS_PER_QUOTE = 2;
/** Sent at once; then the agents catch up, so that filling is bounded by them and not by memory. */
const PORTION = 1000;
const PORTION_WITHIN_MS = 120_000;
const READ_WITHIN_MS = 300_000;
const MOST_ROUNDS = 3;

/**
 * Asks for quotes of new customers until the policy agents keep so many keys, over all partitions.
 * @returns how many keys there are, as Java's consumer reads them from the changelog
 */
export async function fillPolicyState(
  field: FaultField,
  wanted: number,
  { onProgress, signal }: { readonly onProgress: (line: string) => void; readonly signal: AbortSignal },
): Promise<number> {
  let quotes = 0;
  let keys = await countPolicyKeys(field);
  for (let round = 0; round < MOST_ROUNDS && keys < wanted && !signal.aborted; round++) {
    const last = quotes + Math.ceil((wanted - keys) / KEYS_PER_QUOTE);
    while (quotes < last && !signal.aborted) {
      const portion = Math.min(PORTION, last - quotes);
      await askForQuotes(field, quotes, portion);
      await withoutLag(field, PORTION_WITHIN_MS);
      quotes += portion;
      onProgress(`state: about ${wanted - (last - quotes) * KEYS_PER_QUOTE} of ${wanted} keys`);
    }
    keys = await countPolicyKeys(field);
  }
  onProgress(`state of the policy agents: ${keys} keys`);
  return keys;
}

async function askForQuotes(field: FaultField, first: number, count: number): Promise<void> {
  const { world } = field;
  const messages = Array.from({ length: count }, (_, n) => ({
    definition: CustomerAssessmentRequest,
    payload: {
      customerId: `cust-fill-${first + n}`,
      purpose: 'QUOTE' as const,
      product: 'MOTOR' as const,
      motor: { district: 1, engine: '<1l' as const, driverAge: 45 },
      effectiveFrom: world.daysAgo(120),
      bookTransfer: true,
    },
    messageId: `msg-${world.namespace}-fill-${first + n}`,
  }));
  await world.sender.sendAll(messages);
}

async function countPolicyKeys({ world }: FaultField): Promise<number> {
  const topic = topicOf(world.namespace, 'state.policy');
  const records = [];
  for await (const record of readCommittedWithJava(world.brokers, [topic], { timeoutMs: READ_WITHIN_MS })) {
    records.push(record);
  }
  return countKeys(foldChangelog(records));
}

/** As agents count them: without the lists of message ids that they have seen. */
export function countKeys(state: ReadonlyMap<string, string>): number {
  return [...state.keys()].filter((key) => !key.startsWith('m/')).length;
}
