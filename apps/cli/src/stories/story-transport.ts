import type { Envelope, MessageDefinition, PayloadOf } from '@aika/contracts';
import type { EntryListener, JournalEntry } from '../journal/seen-messages.js';
import type { ReadBack } from './story.js';

/** How stories reach the agents, and how what the agents say comes back: over the topics, or over HTTP. */
export interface StoryTransport {
  /** Resolves when what the conversation's messages cause will be seen. */
  open(conversationId: string, onEntry: EntryListener): Promise<StorySession>;
}

/** One story's way to the agents. */
export interface StorySession {
  /** @returns the message's id */
  send<D extends MessageDefinition>(definition: D, payload: PayloadOf<D>): Promise<string>;
  /** What a person would type into a shell to send it. */
  typed<D extends MessageDefinition>(definition: D, payload: PayloadOf<D>): Promise<string>;
  /** @throws Error when no such message comes in time */
  expect<D extends MessageDefinition>(
    definition: D,
    matches?: (payload: PayloadOf<D>) => boolean,
  ): Promise<Envelope<PayloadOf<D>>>;
  /** The conversation so far. */
  entries(): readonly JournalEntry[];
  /** Whether the read side shows it; undefined of a transport that does not read. */
  readonly check?: (expected: ReadBack) => Promise<CheckedRead>;
  close(): Promise<void>;
}

/** What a read came to. */
export interface CheckedRead {
  /** Such as `/v1/claims/clm-1`. */
  readonly path: string;
  /** What is shown, in plain words. */
  readonly shown: string;
  readonly isRight: boolean;
}
