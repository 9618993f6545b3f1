import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { catalogue, type Envelope, type MessageDefinition, readMessage, topicOf } from '@aika/contracts';
import { type MessageLog, MessageSender } from '@aika/messaging';
import { createInMemoryBroker } from '@aika/messaging/in-memory';
import { loadSettings, MESSAGE_LOG, SETTINGS } from '@aika/messaging/nest';
import { CustomerKeys, LocalMasterKeys, MemoryKeyStore, SealedRows } from '@aika/personal-data';
import { MemoryIdempotencyStore } from '../commands/memory-idempotency-store.js';
import { configureApp } from '../configure-app.js';
import { GatewayModule } from '../gateway.module.js';
import { GatewaySettings } from '../gateway.settings.js';
import type { OpenAPIObject } from '@nestjs/swagger';
import { IDEMPOTENCY_STORE } from '../tokens.js';
import { AnswerCheck } from './answer-check.js';

export const NAMESPACE = 'gw';
const PARTITIONS = 2;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** What the body says; undefined where it is no JSON. */
  // The tests ask for members of many shapes.
  readonly body: Record<string, unknown> | undefined;
}

export interface CallOptions {
  readonly body?: unknown;
  /** In place of `body`, as it is. */
  readonly raw?: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface GatewayOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Default: a log in memory of this gateway's own. */
  readonly connect?: (clientId: string) => MessageLog;
  /** Default: keys in memory. */
  readonly isWithDatabase?: boolean;
  readonly namespace?: string;
  /** In place of what the module has, by token. */
  readonly providers?: ReadonlyMap<symbol | Type, unknown>;
}

/** Customers' keys that end with the test. */
export function keysInMemory(): CustomerKeys {
  const master = new LocalMasterKeys([randomBytes(32).toString('base64')]);
  return new CustomerKeys({ store: new MemoryKeyStore(), master });
}

const DOCUMENT = new URL('../../openapi.json', import.meta.url);
let check: AnswerCheck | undefined;

/** Against the document that is checked in, which a spec holds against the one that is served. */
function answerCheck(): AnswerCheck {
  check ??= new AnswerCheck(JSON.parse(readFileSync(DOCUMENT, 'utf8')) as OpenAPIObject);
  return check;
}

/** The gateway as it runs, on a log in memory, reached over HTTP. */
export class TestGateway {
  private constructor(
    readonly app: NestExpressApplication,
    readonly broker: { connect(clientId: string): MessageLog },
    readonly store: MemoryIdempotencyStore,
    readonly url: string,
    readonly namespace: string,
  ) {}

  static async start({
    env,
    connect,
    namespace = NAMESPACE,
    isWithDatabase,
    providers = new Map(),
  }: GatewayOptions = {}): Promise<TestGateway> {
    const broker = connect ? { connect } : createInMemoryBroker({ topics: PARTITIONS });
    const store = new MemoryIdempotencyStore();
    const settings = loadSettings(GatewaySettings, {
      DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
      AIKA_NAMESPACE: namespace,
      AIKA_INSTANCE_ID: 'test',
      ...env,
    });
    const builder = Test.createTestingModule({ imports: [GatewayModule] })
      .overrideProvider(SETTINGS)
      .useValue(settings)
      .overrideProvider(MESSAGE_LOG)
      .useValue(broker.connect('gateway'));
    if (settings.personalData === 'off') {
      builder.overrideProvider(SealedRows).useValue(new SealedRows(keysInMemory()));
    }
    if (!isWithDatabase) builder.overrideProvider(IDEMPOTENCY_STORE).useValue(store);
    for (const [token, value] of providers) builder.overrideProvider(token).useValue(value);
    const module = await builder.compile();
    const app = module.createNestApplication<NestExpressApplication>({ logger: false, bodyParser: false });
    configureApp(app);
    await app.listen(0, '127.0.0.1');
    return new TestGateway(app, broker, store, await app.getUrl(), namespace);
  }

  /** Every answer is held against the document: what breaks it fails the test that asked. */
  async call(method: string, path: string, { body, raw, headers = {} }: CallOptions = {}): Promise<Answer> {
    const content = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const response = await fetch(this.url + path, {
      method,
      headers: { ...(content === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(content === undefined ? {} : { body: content }),
    });
    const text = await response.text();
    const contentType = response.headers.get('content-type');
    answerCheck().assertDocumented({ method, path, status: response.status, contentType, text });
    const isJson = /json/.test(contentType ?? '');
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: isJson && text !== '' ? (JSON.parse(text) as Record<string, unknown>) : undefined,
    };
  }

  /** Every message on a topic, by its name without namespace. */
  async messages(name: string): Promise<readonly Envelope[]> {
    const log = this.broker.connect('test');
    const topic = topicOf(this.namespace, name);
    const found: Envelope[] = [];
    for (let partition = 0; partition < (await log.partitionCount(topic)); partition++) {
      const { start, stableEnd } = await log.offsets({ topic, partition });
      for await (const records of log.read({ topic, partition }, { from: start, until: stableEnd })) {
        for (const { value, timestamp } of records) {
          const receivedAt = new Date(timestamp).toISOString();
          const read = readMessage(value as Buffer, { catalogue, receivedAt });
          if (read.ok) found.push(read.envelope);
        }
      }
    }
    await log.close();
    return found;
  }

  /** Answers every command of a type as its agent would. */
  async answering(
    command: MessageDefinition,
    answer: (
      envelope: Envelope,
    ) => { readonly event: MessageDefinition; readonly payload: object } | undefined,
  ): Promise<() => Promise<void>> {
    const log = this.broker.connect('agent');
    const senders = new Map<string, MessageSender>();
    const stop = new AbortController();
    const { promise: ready, resolve: onReady } = Promise.withResolvers<void>();
    const topics = [topicOf(this.namespace, catalogue.topicFor(command, 'NORMAL'))];
    const running = (async () => {
      for await (const records of log.follow({ topics, from: 'end', signal: stop.signal, onReady })) {
        for (const { value, timestamp } of records) {
          const receivedAt = new Date(timestamp).toISOString();
          const read = readMessage(value as Buffer, { catalogue, receivedAt });
          if (!read.ok || read.envelope.messageType !== command.type) continue;
          const said = answer(read.envelope);
          if (said === undefined) continue;
          const { messageId, metadata } = read.envelope;
          const sourceAgentId = said.event.owner === 'any' ? command.owner : said.event.owner;
          const sender =
            senders.get(sourceAgentId) ??
            (await MessageSender.create({ log, catalogue, namespace: this.namespace, sourceAgentId }));
          senders.set(sourceAgentId, sender);
          await sender.send(said.event, said.payload, { metadata: { ...metadata, causationId: messageId } });
        }
      }
    })();
    await ready;
    return async () => {
      stop.abort();
      await running;
      await log.close();
    };
  }

  async close(): Promise<void> {
    await this.app.close();
  }
}
