import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { ClaimFiled, type MessageDefinition, type PayloadOf } from '@aika/contracts';
import type { JournalEntry } from '../journal/seen-messages.js';
import { phraseOf, speakerOf } from './phrases.js';
import type { Story, StoryResult, StoryStage } from './story.js';
import type { StorySession, StoryTransport } from './story-transport.js';

export interface TellerOptions {
  readonly transport: StoryTransport;
  readonly paymentsUrl: string;
  readonly out: (line: string) => void;
  /** Aborted, the story that is being told is given up. */
  readonly signal?: AbortSignal;
}

const DAY_MS = 86_400_000;
const SETTLING_MS = 300;

/** Runs stories one after another and tells what happens as it happens. */
export class StoryTeller {
  private startedAt = 0;

  constructor(private readonly options: TellerOptions) {}

  /** @throws the signal's reason when that is aborted; what goes wrong in a story is its outcome */
  async tell(story: Story): Promise<StoryResult> {
    const { out, transport, signal } = this.options;
    signal?.throwIfAborted();
    const run = randomUUID().slice(0, 8);
    const [customerId, conversationId] = [`cust-${story.name}-${run}`, `conv-${story.name}-${run}`];
    out(`\n${story.title}`);
    const session = await transport.open(conversationId, (entry) => this.narrate(entry));
    try {
      this.startedAt = Date.now();
      const telling = attempt(() => story.run(this.stage(session, conversationId, customerId)));
      const result = await Promise.race([telling, ...(signal ? [aborted(signal)] : [])]);
      const ms = Date.now() - this.startedAt;
      // Notifications and audit lines trail the decision by a transaction.
      await new Promise((resolve) => setTimeout(resolve, SETTLING_MS));
      const outcome = result === story.expected ? await attempt(() => this.readBack(story, session)) : result;
      const entries = session.entries();
      out(`  ${outcome === story.expected ? '✓' : '✗'} ${outcome}${expectation(story, outcome)}`);
      out(`    ${entries.length} messages in ${ms} ms, conversation ${conversationId}`);
      out(pathOf(entries));
      const claimId = firstOf(entries, ClaimFiled)?.claimId;
      const { name, expected } = story;
      const ids = { customerId, conversationId, ...(claimId === undefined ? {} : { claimId }) };
      return { name, outcome, expected, ...ids, messages: entries.length, ms };
    } finally {
      await session.close();
    }
  }

  private narrate(entry: JournalEntry): void {
    const phrase = phraseOf(entry);
    if (phrase !== undefined) this.line(speakerOf(entry.envelope.sourceAgentId), phrase);
  }

  /** @returns the outcome, with what the read side does not show */
  private async readBack(story: Story, session: StorySession): Promise<string> {
    const wrong: string[] = [];
    for (const expected of session.check ? story.readBack(seenIn(session)) : []) {
      const read = await session.check?.(expected);
      if (read === undefined) continue;
      this.line('views', `${read.path} shows ${read.shown}`);
      if (!read.isRight)
        wrong.push(`${read.path} shows ${read.shown} instead of ${JSON.stringify(expected.shows)}`);
    }
    return [story.expected, ...wrong].join('; but ');
  }

  private stage(session: StorySession, conversationId: string, customerId: string): StoryStage {
    return {
      customerId,
      conversationId,
      send: (definition, payload, told) => {
        this.line('person', told);
        return session.send(definition, payload);
      },
      typed: (definition, payload) => session.typed(definition, payload),
      expect: (definition, matches) => session.expect(definition, matches),
      tell: (line) => this.options.out(`           ${line}`),
      daysAgo: (days) => new Date(Date.now() - days * DAY_MS).toISOString(),
      refusePayments: (reason) => this.refusePayments(customerId, reason),
    };
  }

  private async refusePayments(customerId: string, reason: string): Promise<void> {
    const response = await fetch(`${this.options.paymentsUrl}/behaviour`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ rules: [{ customerId, mode: 'refuse', reason }] }),
    });
    if (!response.ok)
      throw new Error(`The payment sandbox answered ${response.status}: ${await response.text()}`);
  }

  private line(speaker: string, text: string): void {
    const seconds = ((Date.now() - this.startedAt) / 1000).toFixed(2);
    this.options.out(`  ${`+${seconds}s`.padStart(8)}  ${speaker.padEnd(9)} ${text}`);
  }
}

async function aborted(signal: AbortSignal): Promise<never> {
  if (!signal.aborted) await once(signal, 'abort');
  throw signal.reason;
}

/** What comes of it, or why nothing does. */
async function attempt(work: () => Promise<string>): Promise<string> {
  try {
    return await work();
  } catch (error) {
    return `failed: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Payloads of the conversation's messages. */
function seenIn(session: StorySession) {
  return <D extends MessageDefinition>(definition: D): PayloadOf<D> => {
    const found = firstOf(session.entries(), definition);
    if (found === undefined) throw new Error(`There was no ${definition.type} to read back.`);
    return found;
  };
}

function firstOf<D extends MessageDefinition>(
  entries: readonly JournalEntry[],
  { type }: D,
): PayloadOf<D> | undefined {
  return entries.find(({ envelope }) => envelope.messageType === type)?.envelope.payload as
    PayloadOf<D> | undefined;
}

function expectation(story: Story, outcome: string): string {
  return outcome === story.expected ? '' : ` (expected: ${story.expected})`;
}

/** The conversation's path: who sent what over which topic. */
function pathOf(entries: readonly JournalEntry[]): string {
  const hops = entries
    .filter(({ topic }) => topic !== 'audit')
    .map(({ envelope, topic }) => `${speakerOf(envelope.sourceAgentId)} ─${topic}→ ${envelope.messageType}`);
  return hops.map((hop) => `      ${hop}`).join('\n');
}
