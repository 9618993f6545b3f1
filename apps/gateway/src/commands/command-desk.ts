import { randomUUID } from 'node:crypto';
import { Inject, Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { CommandRejected, type Envelope, type Metadata } from '@aika/contracts';
import {
  type AskError,
  AskRefusedError,
  AskTimeoutError,
  LogError,
  type MessageSender,
  type TopicPartitionOffset,
} from '@aika/messaging';
import { ProblemError } from '../http/problem.js';
import { Preconditions } from './preconditions.js';
import { writePositionToken } from '../http/position-token.js';
import type { CommandAccepted, CommandCarriedOut } from './command-answers.js';
import type { CommandCall } from './command-call.js';
import { digestOf, type IdempotencyStore, type KeptAnswer, messageIdOf } from './idempotency.js';
import { IDEMPOTENCY_STORE, SENDER } from '../tokens.js';

const PRUNE_EVERY_MS = 600_000;

/** What a command's request is answered with. */
export type CommandReply = KeptAnswer;

/** Sends the callers' commands, once for each key, and tells what came of them to those who wait. */
@Injectable()
export class CommandDesk implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger('commands');
  private readonly underWay = new Map<string, Promise<CommandReply>>();
  private pruning: NodeJS.Timeout | undefined;

  constructor(
    @Inject(SENDER) private readonly sender: MessageSender,
    @Inject(IDEMPOTENCY_STORE) private readonly store: IdempotencyStore,
    private readonly preconditions: Preconditions,
  ) {}

  onModuleInit(): void {
    this.pruning = setInterval(() => void this.prune(), PRUNE_EVERY_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.pruning);
  }

  /**
   * Answers when the command is durable, or with its outcome when the caller waits and it comes in time.
   *
   * @throws ProblemError `command-rejected`, `idempotency-key-reused`; LogError when the log does not take it
   */
  async carryOut(call: CommandCall): Promise<CommandReply> {
    const { idempotencyKey: key } = call;
    if (key === undefined) return orThrow(await this.first(call, `msg-${randomUUID()}`));
    const { edge, payload, target, conversationId, priority } = call;
    const digest = digestOf({ target, type: edge.command.type, payload, conversationId, priority });
    const messageId = messageIdOf(key, digest);
    const claim = await this.store.claim({ key, digest, messageId });
    if (claim.kind === 'other') {
      const detail = 'This Idempotency-Key was used for another request within the last 24 hours.';
      throw new ProblemError('idempotency-key-reused', detail);
    }
    if (claim.kind === 'answered') {
      const { headers } = claim.answer;
      return orThrow({ ...claim.answer, headers: { ...headers, 'idempotency-replayed': 'true' } });
    }
    return orThrow(
      await this.shared(messageId, () =>
        this.first(call, messageId, (answer) => this.store.keep(key, answer)),
      ),
    );
  }

  /** Repeats that come while the first is under way get its answer: they are one message, which is awaited once. */
  private shared(messageId: string, work: () => Promise<CommandReply>): Promise<CommandReply> {
    const running = this.underWay.get(messageId);
    if (running !== undefined) return running;
    const reply = work().finally(() => this.underWay.delete(messageId));
    this.underWay.set(messageId, reply);
    return reply;
  }

  /** A repeat is answered as before: what has changed since is what the first did. */
  private async first(
    ...[call, ...rest]: [call: CommandCall, messageId: string, keep?: (answer: CommandReply) => Promise<void>]
  ): Promise<CommandReply> {
    await this.preconditions.check(call);
    return this.send(call, ...rest);
  }

  /** A refusal is an answer to be kept like any other. */
  private async send(
    call: CommandCall,
    messageId: string,
    keep: (answer: CommandReply) => Promise<void> = () => Promise.resolve(),
  ): Promise<CommandReply> {
    const { edge, payload, preference, priority } = call;
    const sentAt = new Date().toISOString();
    const options = { messageId, timestamp: sentAt, priority, metadata: metadataOf(call) };
    let sent: TopicPartitionOffset | undefined;
    const onSent = (at: TopicPartitionOffset): void => void (sent = at);
    const accepted = (): CommandReply => acceptedReply(call, messageId, sentAt, sent);
    if (preference.waitMs === undefined) {
      await this.sender.send(edge.command, payload, { ...options, onSent });
      const reply = accepted();
      await keep(reply);
      return reply;
    }
    let position: TopicPartitionOffset | undefined;
    try {
      const outcome = await this.sender.ask(edge.command, payload, {
        ...options,
        timeoutMs: preference.waitMs,
        replies: edge.outcomes,
        onSent,
        onAnswer: (at) => (position = at),
      });
      const reply = carriedOutReply(accepted(), outcome, position, preference.applied);
      await keep(reply);
      return reply;
    } catch (error) {
      if (error instanceof AskRefusedError) {
        const reply = refusedReply(error, accepted(), position, preference.applied);
        await keep(reply);
        return reply;
      }
      if (!isAskEnd(error)) throw error;
      // Durable, and not carried out in time: accepted. Not known to be durable: an error, never an acceptance.
      if (!sent) throw new LogError('UNAVAILABLE', 'The log did not acknowledge the command in time.', true);
      const reply = withHeaders(accepted(), { 'preference-applied': preference.applied });
      await keep(reply);
      return reply;
    }
  }

  private async prune(): Promise<void> {
    try {
      await this.store.prune();
    } catch (error) {
      // Old keys do no harm: they count as expired whether they are deleted or not.
      this.logger.warn('old idempotency keys could not be deleted', { error: (error as Error).name });
    }
  }
}

function isAskEnd(error: unknown): error is AskError {
  return error instanceof AskTimeoutError;
}

/** Problems are kept as what they say, and thrown so that they are answered like all others. */
function orThrow(reply: CommandReply): CommandReply {
  if (reply.status < 400) return reply;
  const { detail, code, ...members } = reply.body as { detail: string; code: string };
  throw new ProblemError('command-rejected', detail, { code, ...members }, reply);
}

function metadataOf({ trace, conversationId, payload }: CommandCall): Metadata {
  const own = payload['conversationId'];
  const conversation = conversationId ?? (typeof own === 'string' ? own : undefined);
  return {
    traceId: trace.traceId,
    traceparent: trace.traceparent,
    ...(conversation === undefined ? {} : { conversationId: conversation }),
  };
}

function acceptedReply(
  { edge, payload }: CommandCall,
  messageId: string,
  sentAt: string,
  sent: TopicPartitionOffset | undefined,
): CommandReply {
  const customerId = String(payload['customerId']);
  const resource = edge.resource(payload, messageId);
  const stream = `/v1/stream?customer=${encodeURIComponent(customerId)}`;
  const messageType = edge.command.type;
  // Offset -1: the log has it and does not say where, as it does for a repeat.
  const token = sent && sent.offset >= 0 ? writePositionToken(sent) : undefined;
  const status = `/v1/commands/${messageId}${token === undefined ? '' : `?position=${token}`}`;
  const links = { resource, stream, status };
  const body: CommandAccepted = { messageId, messageType, customerId, sentAt, links };
  const link = `<${stream}>; rel="monitor", <${status}>; rel="status"`;
  return {
    status: 202,
    headers: { location: resource, link, ...(token === undefined ? {} : { 'aika-position': token }) },
    body,
  };
}

function carriedOutReply(
  accepted: CommandReply,
  outcome: Envelope<object>,
  position: TopicPartitionOffset | undefined,
  applied: string | undefined,
): CommandReply {
  const body: CommandCarriedOut = { ...(accepted.body as CommandAccepted), outcome };
  const token = position && writePositionToken(position);
  return withHeaders(
    { ...accepted, status: 200, body },
    { 'preference-applied': applied, 'aika-position': token },
  );
}

function refusedReply(
  { code, detail }: AskRefusedError,
  accepted: CommandReply,
  position: TopicPartitionOffset | undefined,
  applied: string | undefined,
): CommandReply {
  const { messageId, customerId, messageType } = accepted.body as CommandAccepted;
  const body = { detail, code, messageId, messageType, customerId, refusedBy: CommandRejected.type };
  const headers = {
    ...(applied === undefined ? {} : { 'preference-applied': applied }),
    ...(position === undefined ? {} : { 'aika-position': writePositionToken(position) }),
  };
  return { status: code.endsWith('_not_found') ? 404 : 409, headers, body };
}

function withHeaders(
  reply: CommandReply,
  headers: Readonly<Record<string, string | undefined>>,
): CommandReply {
  const given = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { ...reply, headers: { ...reply.headers, ...Object.fromEntries(given) } };
}
