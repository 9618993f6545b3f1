import { randomUUID } from 'node:crypto';
import type { Envelope, MessageDefinition, PayloadOf } from '@aika/contracts';
import type { MessageSender } from '@aika/messaging';
import type { JournalEntry, MessageJournal } from '../journal/message-journal.js';
import { phraseOf, speakerOf } from './phrases.js';
import type { Story, StoryResult, StoryStage } from './story.js';

export interface TellerOptions {
  readonly journal: MessageJournal;
  readonly sender: MessageSender;
  readonly paymentsUrl: string;
  readonly out: (line: string) => void;
  /** How long each step may take, milliseconds. */
  readonly stepTimeoutMs: number;
}

const DAY_MS = 86_400_000;
const SETTLING_MS = 300;

/** Runs stories one after another and tells what happens as it happens. */
export class StoryTeller {
  private current: { conversationId: string; startedAt: number } | undefined;

  constructor(private readonly options: TellerOptions) {}

  /** Called for every message that passes: those of the present story are told. */
  readonly onEntry = (entry: JournalEntry): void => {
    if (!this.current || entry.envelope.metadata.conversationId !== this.current.conversationId) return;
    const phrase = phraseOf(entry);
    if (phrase !== undefined) this.line(speakerOf(entry.envelope.sourceAgentId), phrase);
  };

  async tell(story: Story): Promise<StoryResult> {
    const run = randomUUID().slice(0, 8);
    const conversationId = `conv-${story.name}-${run}`;
    const startedAt = Date.now();
    this.current = { conversationId, startedAt };
    this.options.out(`\n${story.title}`);
    const outcome = await this.outcomeOf(story, this.stage(conversationId, `cust-${story.name}-${run}`));
    const ms = Date.now() - startedAt;
    // Notifications and audit lines trail the decision by a transaction.
    await new Promise((resolve) => setTimeout(resolve, SETTLING_MS));
    this.current = undefined;
    const entries = this.options.journal.conversation(conversationId);
    this.options.out(`  ${outcome === story.expected ? '✓' : '✗'} ${outcome}${expectation(story, outcome)}`);
    this.options.out(`    ${entries.length} messages in ${ms} ms, conversation ${conversationId}`);
    this.options.out(pathOf(entries));
    return { name: story.name, outcome, expected: story.expected, messages: entries.length, ms };
  }

  private async outcomeOf(story: Story, stage: StoryStage): Promise<string> {
    try {
      return await story.run(stage);
    } catch (error) {
      return `failed: ${error instanceof Error ? error.message : String(error)}`;
    }
  }

  private stage(conversationId: string, customerId: string): StoryStage {
    const { journal, sender, stepTimeoutMs } = this.options;
    return {
      customerId,
      conversationId,
      send: async (definition, payload, told) => {
        this.line('person', told);
        return sender.send(definition, payload, { metadata: { conversationId } });
      },
      expect: async <D extends MessageDefinition>(
        definition: D,
        matches?: (payload: PayloadOf<D>) => boolean,
      ): Promise<Envelope<PayloadOf<D>>> =>
        journal.waitFor(conversationId, definition, stepTimeoutMs, matches),
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
    const seconds = ((Date.now() - (this.current?.startedAt ?? Date.now())) / 1000).toFixed(2);
    this.options.out(`  ${`+${seconds}s`.padStart(8)}  ${speaker.padEnd(9)} ${text}`);
  }
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
