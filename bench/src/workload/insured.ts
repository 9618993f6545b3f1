import {
  AcceptQuote,
  CustomerAssessmentRequest,
  type Envelope,
  HEADER,
  PolicyBound,
  type PolicyBoundPayload,
  QuoteIssued,
  type QuoteIssuedPayload,
  topicOf,
} from '@aika/contracts';
import type { LogRecord, MessageLog, MessageSender } from '@aika/messaging';

const DAY_MS = 86_400_000;
/** At the same time under way; the agents are warm afterwards. */
const PORTION = 200;

export interface Insured {
  readonly customerId: string;
  readonly policyId: string;
}

/** Motor policies in force for 120 days, for so many new customers. */
export async function insure(
  { log, namespace }: { readonly log: MessageLog; readonly namespace: string },
  sender: MessageSender,
  count: number,
  signal: AbortSignal,
): Promise<readonly Insured[]> {
  const insured: Insured[] = [];
  const enough = new AbortController();
  const ready = Promise.withResolvers<void>();
  const events = log.follow({
    topics: [topicOf(namespace, 'events')],
    from: 'end',
    signal: AbortSignal.any([signal, enough.signal]),
    onReady: ready.resolve,
  });
  let asked = 0;
  const ask = async (): Promise<void> => {
    const portion = Math.min(PORTION, count - asked);
    asked += portion;
    await sender.sendAll(
      Array.from({ length: portion }, (_, n) => assessment(`cust-fnol-${asked - portion + n}`)),
    );
  };
  const accepting = accept(events, sender, async (one) => {
    insured.push(one);
    if (insured.length === count) enough.abort();
    else if (insured.length === asked) await ask();
  });
  await Promise.race([ready.promise, accepting]);
  await ask();
  await accepting;
  signal.throwIfAborted();
  return insured;
}

/** Accepts every quote that is issued. */
async function accept(
  events: AsyncIterable<readonly LogRecord[]>,
  sender: MessageSender,
  onBound: (insured: Insured) => Promise<void>,
): Promise<void> {
  for await (const records of events) {
    const quotes = records.flatMap((record) => payloadsOf<QuoteIssuedPayload>(record, QuoteIssued.type));
    if (quotes.length > 0) {
      await sender.sendAll(
        quotes.map(({ customerId, quoteId }) => ({
          definition: AcceptQuote,
          payload: { customerId, quoteId },
        })),
      );
    }
    for (const record of records) {
      for (const { customerId, policyId } of payloadsOf<PolicyBoundPayload>(record, PolicyBound.type)) {
        await onBound({ customerId, policyId });
      }
    }
  }
}

function payloadsOf<P>({ headers, value }: LogRecord, type: string): readonly P[] {
  if (headers[HEADER.type]?.toString() !== type || value === null) return [];
  return [(JSON.parse(value.toString()) as Envelope<P>).payload];
}

function assessment(customerId: string) {
  return {
    definition: CustomerAssessmentRequest,
    payload: {
      customerId,
      purpose: 'QUOTE' as const,
      product: 'MOTOR' as const,
      motor: { district: 1 as const, engine: '<1l' as const, driverAge: 45 },
      effectiveFrom: daysAgo(120),
      bookTransfer: true,
    },
  };
}

export function daysAgo(days: number): string {
  return new Date(Date.now() - days * DAY_MS).toISOString();
}
