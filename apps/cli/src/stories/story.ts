import type { Envelope, MessageDefinition, Money, PayloadOf } from '@aika/contracts';

/** What a story is told with: people's commands go in, agents' messages come back. */
export interface StoryStage {
  readonly customerId: string;
  readonly conversationId: string;
  /** A command as a person or a system of the insurer would send it. @returns its message id */
  send<D extends MessageDefinition>(definition: D, payload: PayloadOf<D>, told: string): Promise<string>;
  /** What a person would type into a shell to send it. */
  typed<D extends MessageDefinition>(definition: D, payload: PayloadOf<D>): Promise<string>;
  /** The first such message of this conversation. */
  expect<D extends MessageDefinition>(
    definition: D,
    matches?: (payload: PayloadOf<D>) => boolean,
  ): Promise<Envelope<PayloadOf<D>>>;
  /** A line of narration. */
  tell(line: string): void;
  /** RFC 3339 UTC, `days` before now. */
  daysAgo(days: number): string;
  /** Tells the payment provider to refuse this customer. */
  refusePayments(reason: string): Promise<void>;
}

/** A resource of the read side by its path below `/v1`. */
export type ReadResource = 'quotes' | 'policies' | 'claims' | 'conversations';

/** What the read side shows at the end of a story. */
export interface ReadBack {
  readonly resource: ReadResource;
  readonly id: string;
  /** Members of the answer, each as it has to be. */
  readonly shows: Readonly<Record<string, unknown>>;
}

/** The payload of the story's first message of a type. */
export type Seen = <D extends MessageDefinition>(definition: D) => PayloadOf<D>;

export interface Story {
  /** kebab-case. */
  readonly name: string;
  readonly title: string;
  /** The outcome that shows that the system did what its rules say. */
  readonly expected: string;
  /** Runs to the end. @returns what came out, in the words of `expected` if all went right */
  run(stage: StoryStage): Promise<string>;
  /** What views have to show then, where the story is told over HTTP. */
  readBack(seen: Seen): readonly ReadBack[];
}

export interface StoryResult {
  readonly name: string;
  readonly outcome: string;
  readonly expected: string;
  readonly customerId: string;
  readonly conversationId: string;
  /** The claim that it was about, if any. */
  readonly claimId?: string;
  /** Messages of the conversation on all topics. */
  readonly messages: number;
  readonly ms: number;
}

export const gbp = (pounds: number): Money => ({ amount: Math.round(pounds * 100), currency: 'GBP' });

/** `£1,234.50` or `1,234.50 DKK`. */
export function amountText({ amount, currency }: Money): string {
  const text = (amount / 100).toLocaleString('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return currency === 'GBP' ? `£${text}` : `${text} ${currency}`;
}
