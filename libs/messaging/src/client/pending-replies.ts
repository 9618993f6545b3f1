import {
  type Catalogue,
  CommandRejected,
  type CommandRejectedPayload,
  type Envelope,
  HEADER,
  type MessageDefinition,
  readMessage,
} from '@aika/contracts';
import type { LogRecord, TopicPartitionOffset } from '../ports/index.js';
import { positionId } from '../runtime/message-id.js';
import { AskCancelledError, AskRefusedError, AskTimeoutError, TooManyAsksError } from './ask-error.js';

/** One ask that waits. */
export interface ExpectedReply {
  /** Message id of the command. */
  readonly askId: string;
  /** The agent that was asked; undefined where that is anybody. */
  readonly askedAgentId: string | undefined;
  /** Any event of the asked agent when absent. */
  readonly replies: readonly MessageDefinition[] | undefined;
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
  readonly onAnswer?: ((at: TopicPartitionOffset) => void) | undefined;
}

interface Waiting extends ExpectedReply {
  /** Milliseconds since 1970 UTC. */
  readonly since: number;
  readonly resolve: (answer: Envelope) => void;
  readonly reject: (error: unknown) => void;
}

/** The asks of a process that wait, and what each of them takes for its answer. */
export class PendingReplies {
  private readonly waiting = new Map<string, Waiting>();

  constructor(
    private readonly catalogue: Catalogue,
    private readonly limit: number,
  ) {}

  has(askId: string): boolean {
    return this.waiting.has(askId);
  }

  /** Asks are kept in the order in which they came. */
  get since(): number | undefined {
    const [oldest] = this.waiting.values();
    return oldest?.since;
  }

  /** @throws TooManyAsksError; rejects with AskRefusedError, AskTimeoutError or AskCancelledError */
  expect(expected: ExpectedReply): Promise<Envelope> {
    const { askId, timeoutMs, signal } = expected;
    if (this.waiting.size >= this.limit) throw new TooManyAsksError(askId, this.limit);
    if (this.waiting.has(askId)) throw new TypeError(`${askId} is already waited for in this process.`);
    const { promise, resolve, reject } = Promise.withResolvers<Envelope>();
    this.waiting.set(askId, { ...expected, since: Date.now(), resolve, reject });
    const timer = setTimeout(() => reject(new AskTimeoutError(askId, timeoutMs)), timeoutMs);
    const onAbort = (): void => reject(new AskCancelledError(askId));
    if (signal?.aborted) onAbort();
    signal?.addEventListener('abort', onAbort, { once: true });
    return promise.finally(() => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      this.waiting.delete(askId);
    });
  }

  /** The command could not be sent. */
  fail(askId: string, error: unknown): void {
    this.waiting.get(askId)?.reject(error);
  }

  /** Nobody reads answers any more. */
  failAll(errorOf: (askId: string) => unknown): void {
    for (const [askId, { reject }] of this.waiting) reject(errorOf(askId));
  }

  take(record: LogRecord): void {
    if (this.waiting.size === 0 || record.value === null || !this.mayAnswer(record)) return;
    const read = readMessage(record.value, {
      catalogue: this.catalogue,
      receivedAt: new Date(record.timestamp).toISOString(),
      fallbackMessageId: positionId(record.topic, record.partition, record.offset),
    });
    if (read.ok) this.answer(read.envelope, record);
  }

  /** Records of the system say by their header which request they belong to; a stock client's have to be read. */
  private mayAnswer({ headers }: LogRecord): boolean {
    const request = headers[HEADER.request];
    if (request !== undefined) return this.waiting.has(request.toString());
    return headers[HEADER.source] === undefined;
  }

  private answer(envelope: Envelope, { topic, partition, offset }: LogRecord): void {
    const { messageType, metadata, payload } = envelope;
    if (messageType === CommandRejected.type) {
      const { commandId, code, detail } = payload as unknown as CommandRejectedPayload;
      const refused = this.waiting.get(commandId);
      refused?.onAnswer?.({ topic, partition, offset });
      refused?.reject(new AskRefusedError(commandId, code, detail));
      return;
    }
    for (const id of [metadata.requestId, metadata.causationId]) {
      const waiting = id === undefined ? undefined : this.waiting.get(id);
      if (!waiting || !isAnswer(envelope, waiting)) continue;
      waiting.onAnswer?.({ topic, partition, offset });
      waiting.resolve(envelope);
    }
  }
}

function isAnswer({ messageType, sourceAgentId, metadata }: Envelope, waiting: Waiting): boolean {
  const { askId, askedAgentId, replies } = waiting;
  if (replies !== undefined) {
    const reply = replies.find(({ type }) => type === messageType);
    if (reply === undefined) return false;
    // What was named may come from another agent than the asked one: from the one that owns it.
    if (reply.owner === sourceAgentId && metadata.requestId === askId) return true;
  }
  return askedAgentId === undefined ? metadata.causationId === askId : sourceAgentId === askedAgentId;
}
