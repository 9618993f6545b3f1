import { setTimeout as delay } from 'node:timers/promises';
import type { components, operations } from './api.js';
import { dataOf, type GatewayClient } from './gateway-client.js';
import { GatewayError } from './gateway-error.js';
import { readServerSentEvents } from './server-sent-events.js';

/** Which messages; every condition that is given has to hold. */
export type StreamFilter = Omit<NonNullable<operations['stream']['parameters']['query']>, 'lastEventId'>;

export interface StreamOptions {
  readonly filter?: StreamFilter;
  /** Id of the last event that was read; without it the stream begins with the present. */
  readonly lastEventId?: string;
  /** Ends the stream. */
  readonly signal: AbortSignal;
  /** Called once, when what happens from now on will be told. */
  readonly onReady?: () => void;
}

/** A message, or that some are not kept any more and are missed (`gap`). */
export type LiveEvent =
  | { readonly kind: 'message'; readonly id: string; readonly event: components['schemas']['StreamEvent'] }
  | { readonly kind: 'gap'; readonly id: string };

const RETRY_MS = 2_000;

interface Position {
  lastEventId: string | undefined;
  retryMs: number;
  wasOpen: boolean;
}

/**
 * Messages as they happen. After a lost connection it goes on where it was, without a hole and nothing twice from a
 * partition, and for as long as it takes; only the first connection has to succeed.
 *
 * @throws GatewayError when the gateway refuses the stream; TypeError when the first connection fails
 */
export async function* followStream(
  client: GatewayClient,
  options: StreamOptions,
): AsyncGenerator<LiveEvent, void, undefined> {
  const position: Position = { lastEventId: options.lastEventId, retryMs: RETRY_MS, wasOpen: false };
  const { signal } = options;
  while (!signal.aborted) {
    try {
      yield* connection(client, options, position);
    } catch (error) {
      if (signal.aborted) return;
      if (!position.wasOpen || (error instanceof GatewayError && !error.retriable)) throw error;
    }
    await delay(position.retryMs, undefined, { signal }).catch(() => undefined);
  }
}

/** One connection, until it ends. */
async function* connection(
  client: GatewayClient,
  { filter, signal, onReady }: StreamOptions,
  position: Position,
): AsyncGenerator<LiveEvent, void, undefined> {
  const { lastEventId } = position;
  const answer = await client.GET('/v1/stream', {
    params: {
      query: { ...filter },
      ...(lastEventId === undefined ? {} : { header: { 'last-event-id': lastEventId } }),
    },
    parseAs: 'stream',
    signal,
  });
  const body = dataOf(answer, 'GET /v1/stream');
  for await (const { id, type, data, retry } of readServerSentEvents(textsOf(body, signal))) {
    position.lastEventId = id ?? position.lastEventId;
    position.retryMs = retry ?? position.retryMs;
    if (!position.wasOpen) onReady?.();
    position.wasOpen = true;
    if (data === undefined || id === undefined) continue;
    if (type === 'gap') yield { kind: 'gap', id };
    else yield { kind: 'message', id, event: JSON.parse(data) as components['schemas']['StreamEvent'] };
  }
}

/** @param body of the answer; none is a stream that ended at once */
async function* textsOf(
  body: ReadableStream<Uint8Array> | null,
  signal: AbortSignal,
): AsyncGenerator<string, void, undefined> {
  const reader = body?.getReader();
  // Not left to fetch: once its Request is collected as garbage, it does not hear of the signal any more.
  const cancel = (): void => void reader?.cancel().catch(() => undefined);
  signal.addEventListener('abort', cancel, { once: true });
  const decoder = new TextDecoder();
  try {
    for (;;) {
      const { done = true, value } = (await reader?.read()) ?? {};
      if (done || signal.aborted) return;
      yield decoder.decode(value, { stream: true });
    }
  } finally {
    signal.removeEventListener('abort', cancel);
    cancel();
  }
}
