import {
  type ArgumentsHost,
  type CallHandler,
  Catch,
  Controller,
  type ExceptionFilter,
  type ExecutionContext,
  Inject,
  Injectable,
  Logger,
  type NestInterceptor,
  type PipeTransform,
  Scope,
  type Type,
  ValidationPipe,
} from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR, APP_PIPE, REQUEST } from '@nestjs/core';
import {
  Ctx,
  EventPattern,
  MessagePattern,
  Payload,
  type RequestContext,
  RpcException,
} from '@nestjs/microservices';
import { Test } from '@nestjs/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import {
  AskTimedOut,
  CommandRejected,
  createCatalogue,
  defineMessage,
  fields,
  type MessageDefinition,
} from '@aika/contracts';
import { MaxLength } from 'class-validator';
import { delay as later, lastValueFrom, map, type Observable, of } from 'rxjs';
import {
  type AgentManifest,
  type Answer,
  defineAgent,
  defineAsk,
  defineEffect,
  type HandlerContext,
  outcome,
  TerminalError,
} from '../agent/index.js';
import { createInMemoryBroker } from '../in-memory/index.js';
import { startTestBed, type TestBed } from '../testing/index.js';
import {
  AgentController,
  Handles,
  HandlesAnswer,
  Replies,
  RunsEffect,
} from './agent-controller.decorator.js';
import { AikaClient } from './aika.client.js';
import { AikaHealthIndicator } from './aika-health.indicator.js';
import { AikaModule } from './aika.module.js';
import { currentMessage } from './message-info.js';
import { consoleLogger } from './nest-logger.js';

const CLERK = 'risk-assessment-agent';
const ARCHIVE = 'policy-recommendation-agent';

class NotePayload {
  @fields.Id()
  readonly customerId!: string;
  @fields.Text()
  readonly text!: string;
}
/** A rule beyond the contract, for the ValidationPipe. */
class ShortNote extends NotePayload {
  @MaxLength(20)
  override readonly text!: string;
}
const define = (type: string, kind: 'command' | 'event', owner = CLERK) =>
  defineMessage({
    type,
    kind,
    owner,
    stage: 'intake',
    payload: NotePayload,
    example: { customerId: 'c-1', text: 'a' },
  });
const Note = define('NOTE', 'command');
const NoteScoped = define('NOTE_SCOPED', 'command');
const Summarise = define('SUMMARISE', 'command');
const SummariseInParts = define('SUMMARISE_IN_PARTS', 'command');
const Find = define('FIND', 'command');
const Noted = define('NOTED', 'event');
const Summarised = define('SUMMARISED', 'event');
const Search = define('SEARCH', 'command', ARCHIVE);
const Searched = define('SEARCHED', 'event', ARCHIVE);
const AskArchive = defineAsk({ name: 'archive', command: Search, replies: [Searched], withinMs: 60_000 });
const File = defineEffect<NotePayload>({ name: 'file' });

const catalogue = createCatalogue([
  ...[Note, NoteScoped, Summarise, SummariseInParts, Find, Noted, Summarised, Search, Searched],
  CommandRejected,
  AskTimedOut,
]);
const clerk = defineAgent({
  id: CLERK,
  inbox: 'agent.risk',
  handles: [Note, NoteScoped, Summarise, SummariseInParts, Find],
  emits: [Noted, Summarised, CommandRejected],
  asks: [AskArchive],
});

class Tired extends Error {}

@Injectable()
class ToUpperCase implements PipeTransform<string, string> {
  transform(text: string): string {
    return text.toUpperCase();
  }
}

/** As Nest's own guides write a controller: nothing of Aika but the context. */
@Controller()
class NoteController {
  @EventPattern<string>('NOTE')
  note(
    @Payload() note: ShortNote,
    @Payload('text', ToUpperCase) text: string,
    @Ctx() context: HandlerContext,
  ): void {
    if (text === 'NEVER') throw new TerminalError('NEVER_TAKEN', 'not here');
    if (text === 'RPC') throw new RpcException('as Nest says no');
    if (text === 'TIRED') throw new Tired();
    context.emit(Noted, { customerId: note.customerId, text });
  }

  @MessagePattern('SUMMARISE', { reply: Summarised })
  async summarise(
    @Payload() note: NotePayload,
    @Ctx() context: HandlerContext,
  ): Promise<NotePayload | string> {
    await Promise.resolve();
    if (note.text === 'refuse') {
      const { messageId: commandId, messageType: commandType } = context.message;
      const refusal = {
        customerId: note.customerId,
        commandId,
        commandType,
        code: 'too_long',
        detail: 'No.',
      };
      context.reply(CommandRejected, refusal);
    }
    return note.text === 'a string' ? note.text : note;
  }
}

/** Made anew for each message. */
@Injectable({ scope: Scope.REQUEST })
class MessageOfRequest {
  constructor(@Inject(REQUEST) private readonly request: RequestContext<NotePayload>) {}

  get text(): string {
    return `${this.request.getData().text} of ${currentMessage()?.customerId ?? 'nobody'}`;
  }
}

@AgentController(clerk)
class ClerkController {
  constructor(private readonly message: MessageOfRequest) {}

  @Handles(NoteScoped)
  async note({ customerId }: NotePayload, context: HandlerContext): Promise<void> {
    await Promise.resolve();
    context.emit(Noted, { customerId, text: this.message.text });
  }
}

@AgentController(clerk)
class AnsweringController {
  @Replies(SummariseInParts, Summarised)
  summarise(note: NotePayload): Observable<NotePayload> {
    return of({ ...note, text: 'first' }, { ...note, text: 'second' }).pipe(later(1));
  }

  @Handles(Find)
  find(payload: NotePayload, context: HandlerContext): void {
    context.ask(AskArchive, payload);
  }

  @HandlesAnswer(AskArchive)
  found(answer: Answer<typeof AskArchive>, context: HandlerContext): void {
    const text = answer.outcome === 'replied' ? answer.payload.text : answer.outcome;
    context.emit(Noted, { customerId: answer.customerId, text });
  }
}

const seenByInterceptor: string[] = [];

@Injectable()
class Watches implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { messageId } = context.switchToRpc().getContext<HandlerContext>().message;
    return next.handle().pipe(
      map((value: unknown) => {
        seenByInterceptor.push(messageId);
        return value;
      }),
    );
  }
}

@Catch(Tired)
class LetsRest implements ExceptionFilter {
  catch(_error: Tired, host: ArgumentsHost): Observable<undefined> {
    const rpc = host.switchToRpc();
    const { customerId } = rpc.getData<NotePayload>();
    rpc.getContext<HandlerContext>().emit(Noted, { customerId, text: 'rested' });
    return of(undefined);
  }
}

function moduleOf(agent: AgentManifest, controllers: Type[]) {
  const broker = createInMemoryBroker({ topics: 1 });
  return Test.createTestingModule({
    imports: [AikaModule.forAgent(agent, { catalogue, log: () => broker.connect('unused') })],
    controllers,
    providers: [
      MessageOfRequest,
      { provide: APP_PIPE, useFactory: () => new ValidationPipe() },
      { provide: APP_INTERCEPTOR, useClass: Watches },
      { provide: APP_FILTER, useClass: LetsRest },
    ],
  });
}

describe('an agent of an application that is written as Nest’s guides say', () => {
  let bed: TestBed;
  let customerId: string;
  let customers = 0;

  beforeAll(async () => {
    bed = await startTestBed(moduleOf(clerk, [NoteController, ClerkController, AnsweringController]), {
      now: '2026-06-15T10:00:00.000Z',
    });
  });
  afterAll(() => bed.close());
  beforeEach(async () => {
    customerId = `cust-${++customers}`;
    await bed.outputs();
    await bed.deadLetters();
  });

  const texts = async () => (await bed.outputs()).map(({ payload }) => payload['text']);

  it('has handlers by plain @EventPattern, with pipes on parameters', async () => {
    await bed.send(Note, { customerId, text: 'ada' });
    expect(await texts()).toEqual(['ADA']);
  });

  it('keeps the code of a handler’s error', async () => {
    await bed.send(Note, { customerId, text: 'never' });
    expect(await bed.deadLetters()).toEqual([{ code: 'NEVER_TAKEN', customerId }]);
  });

  it('takes an RpcException for a refusal', async () => {
    await bed.send(Note, { customerId, text: 'rpc' });
    expect(await bed.deadLetters()).toEqual([{ code: 'REFUSED', customerId }]);
  });

  it('checks every payload by a pipe of the application', async () => {
    await bed.send(Note, { customerId, text: 'longer than twenty letters' });
    expect(await bed.deadLetters()).toEqual([{ code: 'REFUSED', customerId }]);
  });

  it('asks a filter of the application before the error reaches delivery', async () => {
    await bed.send(Note, { customerId, text: 'tired' });
    expect(await texts()).toEqual(['rested']);
    expect(await bed.deadLetters()).toEqual([]);
  });

  it('runs an interceptor of the application around each handler', async () => {
    const messageId = await bed.send(Note, { customerId, text: 'ada' });
    await bed.idle();
    expect(seenByInterceptor).toContain(messageId);
  });

  it('makes request-scoped providers for each message', async () => {
    await bed.send(NoteScoped, { customerId, text: 'ada' });
    await bed.send(NoteScoped, { customerId, text: 'bob' });
    expect(await texts()).toEqual([`ada of ${customerId}`, `bob of ${customerId}`]);
  });

  it('replies with what a @MessagePattern returns, to who has asked', async () => {
    const messageId = await bed.send(Summarise, { customerId, text: 'ada' });
    expect(await bed.outputs()).toMatchObject([
      { messageType: 'SUMMARISED', targetAgentId: 'test', metadata: { causationId: messageId } },
    ]);
  });

  it('replies with each value of an observable', async () => {
    await bed.send(SummariseInParts, { customerId, text: 'ada' });
    expect(await texts()).toEqual(['first', 'second']);
  });

  it('undoes a @MessagePattern that returns no payload', async () => {
    await bed.send(Summarise, { customerId, text: 'a string' });
    expect(await bed.outputs()).toEqual([]);
    expect(await bed.deadLetters()).toEqual([{ code: 'NO_REPLY', customerId }]);
  });

  it('hands an answer to its handler', async () => {
    await bed.send(Find, { customerId, text: 'ada' });
    const [question] = await bed.outputs();
    expect(question).toMatchObject({ messageType: 'SEARCH', targetAgentId: ARCHIVE });
    await bed.answer(question!, Searched, { customerId, text: 'found' });
    expect(await texts()).toEqual(['found']);
  });

  it('hands over the deadline when the clock has passed it', async () => {
    await bed.send(Find, { customerId, text: 'ada' });
    await bed.advance(59_999);
    expect(await bed.outputTypes()).toEqual(['SEARCH']);
    await bed.advance(1);
    expect(await texts()).toEqual([undefined, 'timed-out']);
  });

  it('is healthy in the shape that terminus takes', () => {
    expect(bed.app.get(AikaHealthIndicator).isHealthy('clerk')).toMatchObject({
      clerk: { status: 'up', state: 'RUNNING', partitions: [0, 1] },
    });
  });

  it('tells a refusal to ClientProxy.send as an RpcException', async () => {
    const client = bed.app.get(AikaClient);
    const sent = lastValueFrom(client.send(Summarise.type, { customerId, text: 'refuse' }));
    const error = await sent.catch((each: unknown) => each);
    expect(error).toBeInstanceOf(RpcException);
    expect((error as RpcException).getError()).toMatchObject({ code: 'too_long', retriable: false });
  });

  it('says in each log line which message was being handled', async () => {
    const lines: string[] = [];
    const write = jest
      .spyOn(process.stdout, 'write')
      .mockImplementation((line) => lines.push(String(line)) > 0);
    const logger = consoleLogger({ logFormat: 'json', logLevel: 'info' });
    const log = jest.spyOn(Noisy, 'log').mockImplementation(() => logger.log('working'));
    const noisy = await startTestBed(moduleOf(withNote, [NoisyController]));
    const messageId = await noisy.send(Note, { customerId, text: 'ada' });
    await noisy.idle();
    await noisy.close();
    write.mockRestore();
    log.mockRestore();
    const line = lines.find((each) => each.includes('working')) ?? '{}';
    expect(JSON.parse(line)).toMatchObject({
      message: 'working',
      messageId,
      customerId,
      messageType: 'NOTE',
    });
  });
});

const Noisy = { log: (): void => new Logger().log('never') };
const withNote = { ...clerk, handles: [Note], emits: [Noted], asks: [] };

@Controller()
class NoisyController {
  @EventPattern<string>('NOTE')
  async note(): Promise<void> {
    await Promise.resolve();
    Noisy.log();
  }
}

describe('an application that cannot work', () => {
  const started = async (agent: AgentManifest, ...controllers: Type[]): Promise<void> => {
    await (await startTestBed(moduleOf(agent, controllers))).close();
  };
  const only = (handled: MessageDefinition, more: Partial<AgentManifest> = {}): AgentManifest => ({
    ...withNote,
    handles: [handled],
    ...more,
  });

  it('has a @MessagePattern without a message for its result', async () => {
    @Controller()
    class Wrong {
      @MessagePattern('NOTE')
      note(): void {}
    }
    await expect(started(only(Note), Wrong)).rejects.toThrow(
      /NOTE is a @MessagePattern that does not say which message its result becomes/,
    );
  });

  it('replies with a message that its manifest does not name', async () => {
    @Controller()
    class Wrong {
      @MessagePattern('NOTE', { reply: Summarised })
      note(): void {}
    }
    await expect(started(only(Note), Wrong)).rejects.toThrow(/NOTE replies with SUMMARISED/);
  });

  it('has two handlers for one message, of whatever kind', async () => {
    @Controller()
    class First {
      @EventPattern<string>('NOTE')
      note(): void {}
    }
    @Controller()
    class Second {
      @MessagePattern('NOTE', { reply: Noted })
      note(): void {}
    }
    await expect(started(only(Note), First, Second)).rejects.toThrow(/NOTE has more than one handler/);
    await expect(started(only(Note), Second, First)).rejects.toThrow(/NOTE has more than one handler/);
  });

  it('has a handler for what its manifest does not name', async () => {
    await expect(started(only(Find), NoisyController)).rejects.toThrow(
      /NOTE has a handler but is not in the manifest/,
    );
  });

  it('has an effect in a request-scoped class', async () => {
    @AgentController(clerk)
    class Wrong {
      constructor(readonly message: MessageOfRequest) {}

      @RunsEffect(File)
      file(note: NotePayload) {
        return Promise.resolve(outcome(Noted, note));
      }
    }
    await expect(started(only(Note, { effects: [File] }), NoisyController, Wrong)).rejects.toThrow(
      /Effect file is a method of a request-scoped class/,
    );
  });

  it('asks and has no handler for the answer', async () => {
    const asking = defineAgent({ ...only(Note), asks: [AskArchive] });
    await expect(started(asking, NoisyController)).rejects.toThrow(/ask archive has no answer handler/);
  });
});
