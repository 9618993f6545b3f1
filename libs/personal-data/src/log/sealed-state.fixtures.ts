import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCatalogue, defineMessage, fields, readMessage } from '@aika/contracts';
import {
  AgentRuntime,
  defineAgent,
  defineEffect,
  defineStore,
  type EffectHandler,
  groupIdOf,
  type HandlerContext,
  type LogRecord,
  type MessageHandler,
  type MessageLog,
  MessageSender,
  outcome,
  RetriableError,
  silentLogger,
} from '@aika/messaging';
import { createInMemoryBroker } from '@aika/messaging/in-memory';
import { createLocalStateStores } from '@aika/messaging/local-state';
import { CustomerKeys, type CustomerKeysOptions } from '../keys/customer-keys.js';
import { LocalMasterKeys } from '../keys/local-master-keys.js';
import { MemoryKeyStore } from '../keys/memory-key-store.js';
import { guardLog } from './guarded-log.js';
import { RecordGuard } from './record-guard.js';

const NOTARY = 'risk-assessment-agent';

class NotePayload {
  @fields.Id()
  readonly customerId!: string;
  @fields.Text({ max: 500, personal: true })
  readonly note!: string;
}
class RecallPayload {
  @fields.Id()
  readonly customerId!: string;
}
const define = (type: string, kind: 'command' | 'event') =>
  defineMessage({
    type,
    kind,
    owner: NOTARY,
    stage: 'intake',
    payload: NotePayload,
    example: { customerId: 'c-1', note: 'x' },
  });
export const TakeNote = define('TAKE_NOTE', 'command');
export const TakeNoteLater = define('TAKE_NOTE_LATER', 'command');
export const MailNote = define('MAIL_NOTE', 'command');
/** Names nothing personal. */
export const Recall = defineMessage({
  type: 'RECALL',
  kind: 'command',
  owner: NOTARY,
  stage: 'intake',
  payload: RecallPayload,
  example: { customerId: 'c-1' },
});
/** Tells the note that was kept before. */
const NoteTaken = define('NOTE_TAKEN', 'event');
const NoteMailed = define('NOTE_MAILED', 'event');
const catalogue = createCatalogue([TakeNote, TakeNoteLater, MailNote, Recall, NoteTaken, NoteMailed]);

const notes = defineStore<{ readonly note: string }>('notes', { personal: ['note'] });
const Mail = defineEffect<NotePayload>({ name: 'mail', personal: ['note'], backoffMs: 5, maxBackoffMs: 20 });
const notary = defineAgent({
  id: NOTARY,
  inbox: 'agent.risk',
  handles: [TakeNote, TakeNoteLater, MailNote, Recall],
  emits: [NoteTaken, NoteMailed],
  effects: [Mail],
  steward: true,
});

export const namespace = 'aika';
export const STATE_TOPIC = 'aika.state.risk';
export const LATER_MS = 60_000;

/** Starts of the notary, one after the other, on one log in memory and with copies in one folder. */
export class NotaryWorld {
  readonly store = new MemoryKeyStore();
  readonly lines: string[] = [];
  /** What its log holds, as it is. */
  readonly bare = createInMemoryBroker({ topics: 1 }).connect('bare');
  /** While it is set, handlers and the effect fail as if something that they need were away. */
  isStuck = false;
  /** Milliseconds since 1970 UTC that the clock is ahead. */
  aheadMs = 0;
  /** How often a handler was called for a recall, failed calls too. */
  recalls = 0;
  /** How many records of the changelog the last start has read. */
  replayed = 0;
  private readonly master = new LocalMasterKeys([randomBytes(32).toString('base64')]);
  private runtime: AgentRuntime | undefined;

  private constructor(readonly folder: string) {}

  static async make(): Promise<NotaryWorld> {
    return new NotaryWorld(await mkdtemp(join(tmpdir(), 'aika-sealed-state-')));
  }

  /** Keys as a process has them that has just begun. */
  keys(options: Partial<CustomerKeysOptions> = {}): CustomerKeys {
    return new CustomerKeys({ store: this.store, master: this.master, ...options });
  }

  guarded(keys = this.keys()): MessageLog {
    const guard = new RecordGuard({ keys, catalogue, namespace, stores: [notes], effects: [Mail] });
    return guardLog(this.bare, guard);
  }

  /** Starts it, and waits until it owns its partition unless it cannot be had. */
  async start({ log = this.guarded(), wait = true } = {}): Promise<AgentRuntime> {
    this.replayed = 0;
    const at = { directory: this.folder, groupId: groupIdOf(namespace, notary), instanceId: 'one' };
    const note = (text: string, more: object = {}): void => {
      this.lines.push(`${text} ${JSON.stringify(more)}`);
      if ('replayed' in more) this.replayed += Number(more.replayed);
    };
    const logger = { ...silentLogger, info: note, warn: note, error: note };
    const runtime = (this.runtime = new AgentRuntime({
      agent: notary,
      log,
      namespace,
      instanceId: 'one',
      catalogue,
      handlers: this.handlers(),
      effects: new Map([['mail', this.mail]]),
      logger,
      clock: () => Date.now() + this.aheadMs,
      stores: createLocalStateStores({ ...at, logger, maxAgeMs: 3_600_000, guard: log.stateGuard }),
      settings: { handlerBackoffMs: 1, parkedBackoffMs: 20, parkedAttempts: 1000, parkedMaxBackoffMs: 50 },
    }));
    runtime.start();
    if (wait) await until(() => runtime.status().state === 'RUNNING');
    return runtime;
  }

  async stop(): Promise<void> {
    await this.runtime?.stop();
    this.runtime = undefined;
  }

  send(definition: typeof TakeNote, ...each: readonly (readonly [string, string])[]): Promise<void> {
    return this.sendTo(this.guarded(), definition, ...each);
  }

  async sendTo(
    log: MessageLog,
    definition: typeof TakeNote,
    ...each: readonly (readonly [string, string])[]
  ): Promise<void> {
    const sender = await MessageSender.create({ log, catalogue, namespace, sourceAgentId: 'desk' });
    await sender.sendAll(
      each.map(([customerId, note]) => ({ definition, payload: { customerId, note } as never })),
    );
    await sender.close();
  }

  /** Asks for the notes that are kept. */
  async recall(...ids: readonly string[]): Promise<void> {
    const log = this.bare;
    const sender = await MessageSender.create({ log, catalogue, namespace, sourceAgentId: 'desk' });
    await sender.sendAll(ids.map((customerId) => ({ definition: Recall, payload: { customerId } })));
    await sender.close();
  }

  /** Notes of events about a customer, in order, as a process reads them that has just begun. */
  async told(customerId: string): Promise<readonly string[]> {
    const records = await this.records('aika.events', this.guarded());
    return records.flatMap(({ value, timestamp }) => {
      const receivedAt = new Date(timestamp).toISOString();
      const read = readMessage(value as Buffer, { catalogue, receivedAt });
      if (!read.ok) throw read.error;
      const { payload } = read.envelope as unknown as { readonly payload: NotePayload };
      return payload.customerId === customerId ? [payload.note] : [];
    });
  }

  async untilTold(customerId: string, expected: readonly string[]): Promise<void> {
    const lasts = async () => (await this.told(customerId)).length >= expected.length;
    await until(lasts).catch(() => undefined);
    const found = await this.told(customerId);
    if (found.join('|') === expected.join('|')) return;
    throw new Error(`${found.join('|')} instead of ${expected.join('|')}:\n${this.lines.join('\n')}`);
  }

  async records(topic: string, log: MessageLog = this.bare): Promise<readonly LogRecord[]> {
    const found: LogRecord[] = [];
    const { end } = await log.offsets({ topic, partition: 0 });
    for await (const some of log.read({ topic, partition: 0 }, { from: 0, until: end })) found.push(...some);
    return found;
  }

  /** All bytes of all files of the copies. */
  async filesText(): Promise<string> {
    const names = await readdir(this.folder, { recursive: true, withFileTypes: true });
    const files = names.filter((entry) => entry.isFile());
    const texts = await Promise.all(
      files.map(({ parentPath, name }) => readFile(join(parentPath, name), 'latin1')),
    );
    return texts.join('\n');
  }

  async remove(): Promise<void> {
    await this.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  private handlers(): ReadonlyMap<string, MessageHandler> {
    const take = (payload: NotePayload, context: HandlerContext): void => {
      if (this.isStuck) throw new RetriableError('STUCK', 'It is stuck.');
      const kept = context.store(notes);
      const before = kept.list().map(({ value }) => value.note);
      if (before[0] !== kept.get('last')?.note) throw new Error('list and get do not agree');
      kept.put('last', { note: payload.note });
      context.emit(NoteTaken, { ...payload, note: before[0] ?? 'nothing' });
    };
    const recall = ({ customerId }: RecallPayload, context: HandlerContext): void => {
      this.recalls++;
      context.emit(NoteTaken, { customerId, note: context.store(notes).get('last')?.note ?? 'nothing' });
    };
    const later = (payload: NotePayload, context: HandlerContext): void =>
      context.schedule(
        'later',
        new Date(Date.parse(context.now) + LATER_MS).toISOString(),
        TakeNote,
        payload,
      );
    const mail = (payload: NotePayload, context: HandlerContext): void => void context.effect(Mail, payload);
    const all = { TAKE_NOTE: take, TAKE_NOTE_LATER: later, MAIL_NOTE: mail, RECALL: recall };
    return new Map(Object.entries(all)) as unknown as ReadonlyMap<string, MessageHandler>;
  }

  private readonly mail: EffectHandler<object> = (request) =>
    this.isStuck
      ? Promise.reject(new RetriableError('STUCK', 'It is stuck.'))
      : Promise.resolve(outcome(NoteMailed, request as NotePayload));
}

/** @throws Error when it is not so within ten seconds */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`Not so after 10 s: ${isSo.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
