import type { Envelope, MessageDefinition, PayloadOf } from '@aika/contracts';
import { createGatewayClient, followStream, type GatewayClient, type LiveEvent } from '@aika/gateway-client';
import { type EntryListener, type JournalEntry, SeenMessages } from '../../journal/seen-messages.js';
import type { ReadBack } from '../story.js';
import type { CheckedRead, StorySession, StoryTransport } from '../story-transport.js';
import { curlOf, postCommand } from './http-commands.js';
import { checkRead } from './http-reads.js';

export interface HttpTransportOptions {
  /** Such as `http://127.0.0.1:3100`. */
  readonly gatewayUrl: string;
  /** How long each step may take, milliseconds. */
  readonly stepTimeoutMs: number;
  /** Who asks, where the gateway asks who it is. */
  readonly login?: StoryLogin;
}

export interface StoryLogin {
  readonly token: string;
  /** Flag of `curl` that shows it, with a blank after it. */
  readonly curlFlag: string;
}

type StreamMessage = Extract<LiveEvent, { readonly kind: 'message' }>['event'];

/** Commands are posted to the gateway, what the agents say comes by its live stream, and views are read. */
export class HttpTransport implements StoryTransport {
  private readonly client: GatewayClient;

  constructor(private readonly options: HttpTransportOptions) {
    const { gatewayUrl, login } = options;
    this.client = createGatewayClient(gatewayUrl, undefined, login && { token: login.token });
  }

  async open(conversationId: string, onEntry: EntryListener): Promise<StorySession> {
    const session = new HttpSession(this.client, conversationId, this.options);
    await session.open(onEntry);
    return session;
  }
}

class HttpSession implements StorySession {
  private readonly messages = new SeenMessages();
  /** What a read hands over to see what a message did, by the message's id. */
  private readonly positions = new Map<string, string>();
  private readonly stopped = new AbortController();
  private reading: Promise<void> = Promise.resolve();

  constructor(
    private readonly client: GatewayClient,
    private readonly conversationId: string,
    private readonly options: HttpTransportOptions,
  ) {}

  /** Resolves when the stream is open. @throws what the first connection fails with */
  async open(onEntry: EntryListener): Promise<void> {
    this.messages.listen(onEntry);
    const ready = Promise.withResolvers<void>();
    this.reading = this.follow(ready.resolve).catch((error: unknown) => {
      this.messages.failed(error);
      ready.reject(error);
    });
    await ready.promise;
  }

  send<D extends MessageDefinition>(definition: D, payload: PayloadOf<D>): Promise<string> {
    return postCommand(this.client, definition, payload, this.conversationId);
  }

  typed<D extends MessageDefinition>(definition: D, payload: PayloadOf<D>): Promise<string> {
    const { gatewayUrl, login } = this.options;
    return curlOf(gatewayUrl, definition, payload, login?.curlFlag);
  }

  expect<D extends MessageDefinition>(
    definition: D,
    matches?: (payload: PayloadOf<D>) => boolean,
  ): Promise<Envelope<PayloadOf<D>>> {
    return this.messages.waitFor(this.conversationId, definition, this.options.stepTimeoutMs, matches);
  }

  entries(): readonly JournalEntry[] {
    return this.messages.conversation(this.conversationId);
  }

  check(expected: ReadBack): Promise<CheckedRead> {
    return checkRead(this.client, expected, this.entries(), this.positions);
  }

  async close(): Promise<void> {
    this.stopped.abort();
    this.messages.failed(new Error('the story was ended'));
    await this.reading;
  }

  private async follow(onReady: () => void): Promise<void> {
    const filter = { conversation: this.conversationId };
    const { signal } = this.stopped;
    for await (const live of followStream(this.client, { filter, signal, onReady })) {
      if (live.kind === 'gap')
        throw new Error('The stream has a gap: messages were deleted before they were read.');
      const entry = entryOf(live.event);
      this.positions.set(entry.envelope.messageId, live.event.position);
      this.messages.take(entry);
    }
  }
}

function entryOf({ message, stage, topic, partition, offset, recordedAt }: StreamMessage): JournalEntry {
  // The document describes payloads by their types; a story asks for the type that it expects.
  const envelope = message as unknown as Envelope;
  return { envelope, stage, topic, partition, offset, recordedAt: Date.parse(recordedAt) };
}
