import type { MessageSender } from '@aika/messaging';
import type { EntryListener } from '../../journal/seen-messages.js';
import type { MessageJournal } from '../../journal/message-journal.js';
import type { StorySession, StoryTransport } from '../story-transport.js';

export interface KafkaTransportOptions {
  readonly journal: MessageJournal;
  readonly sender: MessageSender;
  /** How long each step may take, milliseconds. */
  readonly stepTimeoutMs: number;
}

/** Commands go onto the topic, and what the agents say is read from theirs. */
export class KafkaTransport implements StoryTransport {
  constructor(private readonly options: KafkaTransportOptions) {}

  async open(conversationId: string, onEntry: EntryListener): Promise<StorySession> {
    const { journal, sender, stepTimeoutMs } = this.options;
    const stop = journal.listen((entry) => {
      if (entry.envelope.metadata.conversationId === conversationId) onEntry(entry);
    });
    return {
      send: (definition, payload) => sender.send(definition, payload, { metadata: { conversationId } }),
      typed: ({ type }, payload) => Promise.resolve(`npx aika send ${type} '${JSON.stringify(payload)}'`),
      expect: (definition, matches) => journal.waitFor(conversationId, definition, stepTimeoutMs, matches),
      entries: () => journal.conversation(conversationId),
      close: async () => stop(),
    };
  }
}
