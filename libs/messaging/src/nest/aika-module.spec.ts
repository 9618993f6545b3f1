import { setTimeout as delay } from 'node:timers/promises';
import type { AddressInfo } from 'node:net';
import {
  type ArgumentsHost,
  type CallHandler,
  type CanActivate,
  Catch,
  type ExceptionFilter,
  type ExecutionContext,
  type INestApplication,
  Injectable,
  type NestInterceptor,
  UseFilters,
  UseGuards,
  UseInterceptors,
  UsePipes,
  ValidationPipe,
} from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createCatalogue, defineMessage, fields, HEADER, topicOf } from '@aika/contracts';
import { MaxLength } from 'class-validator';
import { lastValueFrom, type Observable, of, tap } from 'rxjs';
import { defineAgent, defineEffect, type HandlerContext, outcome } from '../agent/index.js';
import { MessageSender } from '../client/index.js';
import { createInMemoryBroker } from '../in-memory/index.js';
import type { LogRecord, MessageLog } from '../ports/index.js';
import { DEAD_LETTER_HEADER } from '../runtime/index.js';
import { MaskingGuard } from '../runtime/suite/masked-state.fixtures.js';
import { AgentController, Handles, RunsEffect } from './agent-controller.decorator.js';
import { AgentSettings, loadSettings } from './agent-settings.js';
import { AikaClient } from './aika.client.js';
import { AikaModule } from './aika.module.js';
import type { AikaTransport } from './aika.transport.js';
import { SETTINGS, TRANSPORT } from './tokens.js';

const GREETER = 'risk-assessment-agent';
const namespace = 'nest';

class GreetingPayload {
  @fields.Id()
  readonly customerId!: string;
  @fields.Text()
  readonly name!: string;
}
const define = (type: string, kind: 'command' | 'event') =>
  defineMessage({
    type,
    kind,
    owner: GREETER,
    stage: 'intake',
    payload: GreetingPayload,
    example: { customerId: 'c-1', name: 'Ada' },
  });
const Greet = define('GREET', 'command');
const GreetAsNestDoes = define('GREET_AS_NEST_DOES', 'command');
const AskInside = define('ASK_INSIDE', 'command');
const GreetAndGoOn = define('GREET_AND_GO_ON', 'command');
const Post = define('POST', 'command');
const Greeted = define('GREETED', 'event');
const Declined = define('DECLINED', 'event');
const Posted = define('POSTED', 'event');
const catalogue = createCatalogue([
  Greet,
  GreetAsNestDoes,
  AskInside,
  GreetAndGoOn,
  Post,
  Greeted,
  Declined,
  Posted,
]);
const SendLetter = defineEffect<{ customerId: string; name: string }>({ name: 'send-letter' });

const greeter = defineAgent({
  id: GREETER,
  inbox: 'agent.risk',
  handles: [Greet, GreetAsNestDoes, AskInside, GreetAndGoOn, Post],
  emits: [Greeted, Declined, Posted],
  effects: [SendLetter],
});

/** A rule of this handler's own, beyond the contract: what a ValidationPipe of Nest is for. */
class ShortGreeting extends GreetingPayload {
  @MaxLength(12)
  override readonly name!: string;
}

class Unwilling extends Error {}

@Injectable()
class NoStrangers implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    return context.switchToRpc().getData<GreetingPayload>().name !== 'stranger';
  }
}

@Injectable()
class Diary implements NestInterceptor {
  readonly lines: string[] = [];

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { name } = context.switchToRpc().getData<GreetingPayload>();
    this.lines.push(`before ${name}`);
    return next.handle().pipe(tap({ complete: () => this.lines.push(`after ${name}`) }));
  }
}

/** An exception filter that turns a refusal into an event. */
@Catch(Unwilling)
class DeclinesPolitely implements ExceptionFilter {
  catch(_error: Unwilling, host: ArgumentsHost): Observable<undefined> {
    const rpc = host.switchToRpc();
    rpc.getContext<HandlerContext>().emit(Declined, rpc.getData<GreetingPayload>());
    return of(undefined);
  }
}

@AgentController(greeter)
class GreetingController {
  constructor(private readonly client: AikaClient) {}

  @Handles(Greet)
  greet(payload: GreetingPayload, context: HandlerContext): void {
    context.emit(Greeted, payload);
  }

  @Handles(GreetAsNestDoes)
  @UsePipes(new ValidationPipe())
  @UseGuards(NoStrangers)
  @UseInterceptors(Diary)
  @UseFilters(DeclinesPolitely)
  async greetAsNestDoes(payload: ShortGreeting): Promise<void> {
    await lastValueFrom(this.client.emit(Greeted.type, payload));
    if (payload.name === 'unwilling') throw new Unwilling();
    if (payload.name === 'broken') throw new TypeError('a fault of the handler');
  }

  @Handles(AskInside)
  async askInside(payload: GreetingPayload): Promise<void> {
    await lastValueFrom(this.client.send(Greet.type, payload));
  }

  /** As Nest's users write it: nobody waits for what `emit` returns. */
  @Handles(GreetAndGoOn)
  greetAndGoOn(payload: GreetingPayload): void {
    this.client.emit(Greeted.type, { ...payload, name: `${payload.name}!` });
  }

  @Handles(Post)
  post(payload: GreetingPayload, context: HandlerContext): void {
    context.effect(SendLetter, { ...payload });
  }

  @RunsEffect(SendLetter)
  sendLetter(request: { customerId: string; name: string }) {
    return Promise.resolve(outcome(Posted, request));
  }
}

describe('an agent as a Nest application', () => {
  const broker = createInMemoryBroker({ topics: 2 });
  const settings = loadSettings(AgentSettings, { AIKA_NAMESPACE: namespace, AIKA_INSTANCE_ID: 'one' });
  const watching = new AbortController();
  const seen: LogRecord[] = [];
  let app: INestApplication;
  let edge: MessageLog;
  let sender: MessageSender;
  let watch: Promise<void>;
  let customerId: string;
  let customers = 0;

  beforeAll(async () => {
    const module = await Test.createTestingModule({
      imports: [AikaModule.forAgent(greeter, { catalogue, log: () => unhurried(broker.connect('agent')) })],
      controllers: [GreetingController],
      providers: [Diary],
    })
      .overrideProvider(SETTINGS)
      .useValue(settings)
      .compile();
    app = module.createNestApplication({ logger: false });
    app.connectMicroservice({ strategy: app.get<AikaTransport>(TRANSPORT) }, { inheritAppConfig: true });
    edge = broker.connect('edge');
    watch = watchTopics();
    sender = await MessageSender.create({ log: edge, catalogue, namespace, sourceAgentId: 'test' });
  });
  afterAll(async () => {
    await app.close();
    watching.abort();
    await watch;
    await edge.close();
  });
  beforeEach(() => {
    customerId = `cust-${++customers}`;
  });

  async function watchTopics(): Promise<void> {
    const topics = ['events', 'dlq'].map((name) => topicOf(namespace, name));
    for await (const records of edge.follow({ topics, from: 'start', signal: watching.signal }))
      seen.push(...records);
  }

  const headersOf = (topic: string, header: string): (string | undefined)[] =>
    seen
      .filter((record) => record.topic === topicOf(namespace, topic) && record.key?.toString() === customerId)
      .map(({ headers }) => headers[header]?.toString());
  const events = () => headersOf('events', HEADER.type);
  const deadLetters = () => headersOf('dlq', DEAD_LETTER_HEADER.code);
  const causes = () => headersOf('dlq', DEAD_LETTER_HEADER.causes).join();

  /** Sends commands, the last of them harmless, and waits until that one was answered. */
  async function afterHandling(definition: typeof Greet, name: string): Promise<void> {
    await sender.send(definition, { customerId, name });
    const last = await sender.send(Greet, { customerId, name: 'last' });
    await until(() => headersOf('events', HEADER.messageId).length > 0 && isHandled(last));
  }

  const isHandled = (messageId: string): boolean =>
    seen.some(({ value }) => value?.toString().includes(`"causationId":"${messageId}"`) ?? false);

  it('is not ready before its transport has started, and alive', async () => {
    await app.listen(0, '127.0.0.1');
    expect((await health('/live')).code).toBe(200);
    expect(await health('/ready')).toMatchObject({ code: 503, body: { state: 'STARTING', agent: GREETER } });
  });

  it('is ready when it owns its partitions', async () => {
    await app.startAllMicroservices();
    await until(async () => (await health('/ready')).code === 200);
    expect((await health('')).body).toMatchObject({ agent: GREETER, state: 'RUNNING', partitions: [0, 1] });
  });

  it('runs the handler that is decorated for the message', async () => {
    await sender.send(Greet, { customerId, name: 'Ada' });
    await until(() => events().length > 0);
    expect(events()).toEqual(['GREETED']);
  });

  it('runs the effect that a handler asked for', async () => {
    await sender.send(Post, { customerId, name: 'Ada' });
    await until(() => events().length > 0);
    expect(events()).toEqual(['POSTED']);
  });

  it('takes what a handler emits through ClientProxy and does not wait for', async () => {
    await afterHandling(GreetAndGoOn, 'Ada');
    expect(deadLetters()).toEqual([]);
    expect(events()).toEqual(['GREETED', 'GREETED']);
  });

  it('refuses what breaks its contract also where the handler does not wait for it', async () => {
    await afterHandling(GreetAndGoOn, 'x'.repeat(200));
    expect(deadLetters()).toEqual(['INVALID_OUTPUT']);
  });

  it('wraps handlers in interceptors', async () => {
    await afterHandling(GreetAsNestDoes, 'Ada');
    expect(app.get(Diary).lines).toEqual(['before Ada', 'after Ada']);
  });

  it('asks guards: what they refuse is a dead letter', async () => {
    await afterHandling(GreetAsNestDoes, 'stranger');
    expect(deadLetters()).toEqual(['REFUSED']);
    expect(causes()).toContain('Forbidden');
    expect(events()).toEqual(['GREETED']);
  });

  it('checks payloads with pipes: what breaks a rule is a dead letter', async () => {
    await afterHandling(GreetAsNestDoes, 'much too long a name');
    expect(causes()).toContain('name must be shorter than or equal to 12 characters');
    expect(events()).toEqual(['GREETED']);
  });

  it('hands errors to exception filters, and what a filter emits joins the transaction', async () => {
    await afterHandling(GreetAsNestDoes, 'unwilling');
    expect(deadLetters()).toEqual([]);
    expect(events()).toEqual(['GREETED', 'DECLINED', 'GREETED']);
  });

  it('undoes with a failed handler what it emitted through ClientProxy', async () => {
    await afterHandling(GreetAsNestDoes, 'broken');
    expect(deadLetters()).toEqual(['HANDLER_FAILED']);
    expect(causes()).toContain('a fault of the handler');
    expect(events()).toEqual(['GREETED']);
  });

  it('refuses ClientProxy.send inside a handler: it would wait for another message', async () => {
    await afterHandling(AskInside, 'Ada');
    expect(deadLetters()).toEqual(['SEND_IN_HANDLER']);
  });

  it('answers ClientProxy.send outside handlers with the event that the command caused', async () => {
    const client = app.get(AikaClient);
    const answer = await lastValueFrom(client.send<object>(Greet.type, { customerId, name: 'Ada' }));
    expect(answer).toMatchObject({ messageType: 'GREETED', payload: { customerId, name: 'Ada' } });
  });

  it('sends ClientProxy.emit outside handlers at once', async () => {
    const client = app.get(AikaClient);
    const messageId = await lastValueFrom(client.emit<string>(Greet.type, { customerId, name: 'Ada' }));
    await until(() => isHandled(messageId));
    expect(events()).toEqual(['GREETED']);
  });

  async function health(path: string): Promise<{ code: number; body: unknown }> {
    const { port } = app.getHttpServer().address() as AddressInfo;
    const response = await fetch(`http://127.0.0.1:${port}/health${path}`);
    return { code: response.status, body: await response.json() };
  }
});

describe('an agent with personal data and copies of state on disk', () => {
  const personal = {
    ...loadSettings(AgentSettings, { AIKA_NAMESPACE: namespace, AIKA_STATE_DIR: 'state' }),
    personalData: 'on',
  };
  const compiled = (log: MessageLog) =>
    Test.createTestingModule({ imports: [AikaModule.forAgent(greeter, { catalogue, log: () => log })] })
      .overrideProvider(SETTINGS)
      .useValue(personal)
      .compile();
  const bare = createInMemoryBroker({ topics: 1 }).connect('agent');

  it('does not start on a log that would leave the copies in plain text', async () => {
    await expect(compiled(bare)).rejects.toMatchObject({
      code: 'INVALID_SETTINGS',
      faults: [expect.stringContaining('AIKA_STATE_DIR')],
    });
  });

  it('starts on one that tells how it keeps state', async () => {
    const log = Object.assign(Object.create(bare) as MessageLog, { stateGuard: new MaskingGuard(bare) });
    await (await compiled(log)).close();
  });
});

/** A log whose writers take a while to make, as they do on a network. */
function unhurried(log: MessageLog): MessageLog {
  const createWriter = log.createWriter.bind(log);
  return Object.assign(log, {
    createWriter: async () => {
      await delay(100);
      return createWriter();
    },
  });
}

async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await isTrue())) {
    if (Date.now() > deadline) throw new Error(`Not true after 10 s: ${isTrue.toString()}`);
    await delay(5);
  }
}
