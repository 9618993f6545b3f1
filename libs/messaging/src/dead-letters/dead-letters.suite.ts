import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { catalogue as product, HEADER, readMessage, topicOf } from '@aika/contracts';
import { type HandlerContext, type MessageHandler, TerminalError } from '../agent/index.js';
import { MessageSender } from '../client/index.js';
import { LogError, type LogRecord, type MessageLog, partitionFor, type Transaction } from '../ports/index.js';
import { collect, until } from '../ports/suite/suite-tools.js';
import { AgentRuntime } from '../runtime/agent-runtime.js';
import type { RuntimeSuiteSetup } from '../runtime/agent-runtime.suite.js';
import {
  Add,
  Added,
  type AddPayload,
  catalogue,
  COUNTER,
  counterAgent,
  Totals,
} from '../runtime/counter-agent.fixtures.js';
import { silentLogger } from '../runtime/runtime-logger.js';
import { DeadLetters } from './dead-letters.js';
import { LETTER_HEADER, type LetterSummary } from './letter.js';

const BY = { by: 'jo', reason: 'the fault is mended' };
const WRITTEN = ['commands', 'dlq', 'audit'] as const;

/** Rules of working with dead letters, the same on every adapter. */
export function describeDeadLetters(name: string, open: () => Promise<RuntimeSuiteSetup>): void {
  describe(`dead letters on ${name}`, () => {
    let setup: RuntimeSuiteSetup;
    let edge: MessageLog;
    let sender: MessageSender;
    let agent: AgentRuntime;
    let letters: DeadLetters;
    let customers = 0;
    /** Customers whose commands the agent cannot handle at present. */
    const failing = new Set<string>();

    const newCustomer = (): string => `${setup.namespace}-cust-${++customers}`;
    const topic = (short: string): string => topicOf(setup.namespace, short);

    const add = (payload: AddPayload, context: HandlerContext): void => {
      if (failing.has(payload.customerId)) throw new TerminalError('NO_WAY', 'never');
      const totals = context.store(Totals);
      const total = (totals.get('total') ?? 0) + payload.amount;
      totals.put('total', total);
      context.emit(Added, { ...payload, total });
    };

    const officeOn = (log: MessageLog): DeadLetters =>
      new DeadLetters({ log, namespace: setup.namespace, catalogue, sourceAgentId: 'test' });

    const records = async (short: string): Promise<LogRecord[]> => {
      const found: LogRecord[] = [];
      for (let partition = 0; partition < (await edge.partitionCount(topic(short))); partition++) {
        const at = { topic: topic(short), partition };
        const { start, end } = await edge.offsets(at);
        found.push(...(await collect(edge.read(at, { from: start, until: end }))));
      }
      return found;
    };
    const messages = async (short: string, customerId: string) =>
      (await records(short)).flatMap((record) => {
        const read = readMessage(record.value ?? '', {
          catalogue: catalogue.with(product.all()),
          receivedAt: new Date(record.timestamp).toISOString(),
          fallbackMessageId: 'msg-none',
        });
        if (!read.ok || read.envelope.payload['customerId'] !== customerId) return [];
        return [{ ...read.envelope, record }];
      });
    const totals = async (customerId: string): Promise<unknown[]> =>
      (await messages('events', customerId)).map(({ payload }) => payload['total']);
    const sentAgain = async (letterId: string): Promise<LogRecord[]> =>
      (await records('commands')).filter(
        ({ headers }) => headers[LETTER_HEADER.redriveOf]?.toString() === letterId,
      );
    const auditOf = async (customerId: string) =>
      (await messages('audit', customerId)).map(({ payload }) => payload);

    /** The letters of a customer, oldest first, once there are so many. */
    const lettersOf = async (customerId: string, count = 1): Promise<readonly LetterSummary[]> => {
      await until(async () => (await letters.list({ customerId })).matching === count);
      return (await letters.list({ customerId })).letters.toReversed();
    };
    const deadCommand = async (
      customerId: string,
      amount = 1,
    ): Promise<{ letter: LetterSummary; messageId: string }> => {
      failing.add(customerId);
      const messageId = await sender.send(Add, { customerId, amount });
      const [letter] = await lettersOf(customerId);
      failing.delete(customerId);
      return { letter: letter!, messageId };
    };
    const sendRaw = async (customerId: string, value: string): Promise<LetterSummary> => {
      const partition = partitionFor(customerId, await edge.partitionCount(topic('commands')));
      const writer = await edge.createWriter();
      await writer.send([{ topic: topic('commands'), partition, key: customerId, value }]);
      await writer.close();
      const [letter] = await lettersOf(customerId);
      return letter!;
    };
    /** Ends of the topics that a redrive writes, markers included. */
    const ends = async (): Promise<unknown> =>
      Promise.all(
        WRITTEN.map(async (short) =>
          Promise.all(
            Array.from({ length: await edge.partitionCount(topic(short)) }, async (_, partition) =>
              edge.offsets({ topic: topic(short), partition }),
            ),
          ),
        ),
      );

    beforeAll(async () => {
      setup = await open();
      edge = setup.connect('edge');
      sender = await MessageSender.create({
        log: edge,
        catalogue,
        namespace: setup.namespace,
        sourceAgentId: 'test',
      });
      letters = officeOn(setup.connect('office'));
      agent = new AgentRuntime({
        agent: counterAgent,
        log: setup.connect('agent'),
        namespace: setup.namespace,
        instanceId: 'one',
        catalogue,
        handlers: new Map([['ADD', add as MessageHandler], ...unused()]),
        effects: new Map([['confirm', () => Promise.reject(new Error('not used'))]]),
        logger: silentLogger,
        settings: { sessionTimeoutMs: 6000, transactionTimeoutMs: 6000, idleCommitMs: 100 },
      });
      agent.start();
      await until(() => agent.status().state === 'RUNNING' && agent.status().partitions.length > 0);
    }, 60_000);

    afterEach(() => failing.clear());

    afterAll(async () => {
      await agent.stop();
      await sender.close();
      await setup.close();
    }, 60_000);

    it('a letter is listed with why and wherefrom, and found whole by its id or the beginning of it', async () => {
      const customerId = newCustomer();
      const { letter, messageId } = await deadCommand(customerId);
      expect(letter).toMatchObject({
        status: 'open',
        code: 'NO_WAY',
        agentId: COUNTER,
        messageType: 'ADD',
        customerId,
        messageId,
        attempts: 1,
        origin: { topic: topic('commands') },
      });
      const found = await letters.get(letter.id.slice(0, 20));
      expect(found?.letter.id).toBe(letter.id);
      expect(found?.letter.causes).toMatchObject([{ name: 'TerminalError', code: 'NO_WAY' }]);
      const [original] = await messages('commands', customerId);
      expect(found?.letter.body).toEqual(original?.record.value);
      expect(found?.letter.headers).toEqual(original?.record.headers);
      expect(found?.letter.recordedAt).toBe(new Date(original?.record.timestamp ?? 0).toISOString());
    });

    it('a redrive sends the message once under a new id that links back; again is a no-op', async () => {
      const customerId = newCustomer();
      const { letter, messageId } = await deadCommand(customerId, 5);
      const [first] = await letters.redrive([letter.id], BY);
      expect(first).toMatchObject({ kind: 'sent', id: letter.id, topic: topic('commands') });
      await until(async () => (await totals(customerId)).length === 1);
      const [second] = await letters.redrive([letter.id], { by: 'sam' });
      expect(second).toMatchObject({ kind: 'already', resolution: { action: 'redrive', by: 'jo' } });
      const [sent, ...more] = await sentAgain(letter.id);
      expect(more).toEqual([]);
      const newMessageId = first?.kind === 'sent' ? first.newMessageId : '';
      expect(sent?.headers[HEADER.messageId]?.toString()).toBe(newMessageId);
      const commands = await messages('commands', customerId);
      expect(commands.map((command) => command.messageId)).toEqual([messageId, newMessageId]);
      expect(commands[1]?.metadata).toMatchObject({ causationId: messageId, correlationId: messageId });
      expect(await totals(customerId)).toEqual([5]);
      expect((await lettersOf(customerId))[0]).toMatchObject({
        status: 'redriven',
        resolution: { ...BY, action: 'redrive', newMessageId },
      });
    });

    it('an audit line tells who redrove what, and why', async () => {
      const customerId = newCustomer();
      const { letter } = await deadCommand(customerId);
      const [outcome] = await letters.redrive([letter.id], BY);
      expect(await auditOf(customerId)).toMatchObject([
        {
          action: 'DEAD_LETTER_REDRIVEN',
          actor: 'jo',
          reason: 'the fault is mended',
          deadLetterId: letter.id,
          messageId: outcome?.kind === 'sent' ? outcome.newMessageId : '',
        },
      ]);
    });

    it('of many offices at once one sends, and all come to the same end', async () => {
      const customerId = newCustomer();
      const { letter } = await deadCommand(customerId);
      const offices = [1, 2].map((n) => officeOn(setup.connect(`office-${n}`)));
      const outcomes = (
        await Promise.all(offices.map((office, n) => office.redrive([letter.id], { by: `person-${n}` })))
      ).flat();
      expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['already', 'sent']);
      expect(await sentAgain(letter.id)).toHaveLength(1);
    });

    it('an office that is shut out after it has read the letters sends nothing', async () => {
      const customerId = newCustomer();
      const { letter } = await deadCommand(customerId);
      let beginnings = 0;
      const slow = withTransactions(setup.connect('slow'), {
        beforeSend: async () => {
          if (++beginnings === 1) await letters.redrive([letter.id], { by: 'quick' });
        },
      });
      const outcomes = await officeOn(slow).redrive([letter.id], { by: 'slow' });
      expect(beginnings).toBe(1);
      expect(outcomes).toMatchObject([{ kind: 'already', resolution: { by: 'quick' } }]);
      expect(await sentAgain(letter.id)).toHaveLength(1);
    });

    it('a crash before the commit leaves nothing, and the next redrive sends', async () => {
      const customerId = newCustomer();
      const { letter } = await deadCommand(customerId);
      const dying = withTransactions(setup.connect('dying'), {
        commit: async (transaction) => {
          await transaction.abort();
          throw new LogError('CLOSED', 'the process dies here', false);
        },
      });
      await expect(officeOn(dying).redrive([letter.id], BY)).rejects.toMatchObject({ code: 'CLOSED' });
      expect(await sentAgain(letter.id)).toEqual([]);
      expect(await auditOf(customerId)).toEqual([]);
      expect((await lettersOf(customerId))[0]?.status).toBe('open');
      expect(await letters.redrive([letter.id], BY)).toMatchObject([{ kind: 'sent' }]);
      expect(await sentAgain(letter.id)).toHaveLength(1);
    });

    it('a commit whose answer is lost is looked up: sent once, and told as sent', async () => {
      const customerId = newCustomer();
      const { letter } = await deadCommand(customerId);
      let commits = 0;
      const unsure = withTransactions(setup.connect('unsure'), {
        commit: async (transaction) => {
          await transaction.commit();
          if (++commits === 1) throw new LogError('COMMIT_OUTCOME_UNKNOWN', 'no answer', true);
        },
      });
      expect(await officeOn(unsure).redrive([letter.id], BY)).toMatchObject([{ kind: 'sent' }]);
      expect(commits).toBe(1);
      expect(await sentAgain(letter.id)).toHaveLength(1);
    });

    it('what breaks its contract is not sent back as it is, unless forced; then it comes back as a letter', async () => {
      const customerId = newCustomer();
      const letter = await sendRaw(
        customerId,
        JSON.stringify({ messageType: 'ADD', payload: { customerId, amount: 'many' } }),
      );
      const [refused] = await letters.redrive([letter.id], BY);
      expect(refused).toMatchObject({ kind: 'refused', code: 'INVALID_PAYLOAD' });
      expect(refused?.kind === 'refused' && refused.violations).toMatchObject([{ path: '/payload/amount' }]);
      expect(await sentAgain(letter.id)).toEqual([]);
      expect(await letters.redrive([letter.id], { ...BY, force: true })).toMatchObject([{ kind: 'sent' }]);
      const [, returned] = await lettersOf(customerId, 2);
      expect(returned).toMatchObject({ code: 'INVALID_PAYLOAD', redriveOf: letter.id, status: 'open' });
    });

    it('an edit cures a bad payload: broken ones are refused with every rule, the good one is handled', async () => {
      const customerId = newCustomer();
      const message = (payload: object): string => JSON.stringify({ messageType: 'ADD', payload });
      const letter = await sendRaw(customerId, message({ customerId, amount: 'many' }));
      const still = await letters.edit(letter.id, message({ customerId: '', amount: 7.5 }), BY);
      expect(still.kind === 'refused' && still.violations.map(({ path }) => path).sort()).toEqual([
        '/payload/amount',
        '/payload/customerId',
        '/payload/customerId',
      ]);
      const cured = await letters.edit(letter.id, message({ customerId, amount: 7 }), BY);
      expect(cured).toMatchObject({ kind: 'sent' });
      await until(async () => (await totals(customerId)).length === 1);
      expect(await totals(customerId)).toEqual([7]);
      const again = await letters.edit(letter.id, message({ customerId, amount: 8 }), BY);
      expect(again).toMatchObject({ kind: 'already', resolution: { action: 'edit' } });
      expect(await auditOf(customerId)).toMatchObject([{ action: 'DEAD_LETTER_EDITED' }]);
      expect((await lettersOf(customerId))[0]?.status).toBe('redriven');
    });

    it('bytes that are no JSON can be edited into a message, on the partition of its customer', async () => {
      const letter = await sendRaw(newCustomer(), '{"messageType": ');
      const other = newCustomer();
      const body = JSON.stringify({ message_type: 'ADD', payload: { customer_id: other, amount: 3 } });
      const outcome = await letters.edit(letter.id, body, BY);
      const partition = partitionFor(other, await edge.partitionCount(topic('commands')));
      expect(outcome).toMatchObject({ kind: 'sent', partition });
      await until(async () => (await totals(other)).length === 1);
    });

    it('a redriven message that fails again is a new letter with a link to the first', async () => {
      const customerId = newCustomer();
      const { letter } = await deadCommand(customerId);
      failing.add(customerId);
      await letters.redrive([letter.id], BY);
      const [, second] = await lettersOf(customerId, 2);
      expect(second).toMatchObject({ status: 'open', redriveOf: letter.id });
      expect((await letters.get(letter.id))?.returnedAs).toEqual([second?.id]);
      failing.delete(customerId);
      expect(await letters.redrive([second!.id], BY)).toMatchObject([{ kind: 'sent' }]);
      await until(async () => (await totals(customerId)).length === 1);
    });

    it('a dropped letter is never sent, and says who dropped it', async () => {
      const customerId = newCustomer();
      const { letter } = await deadCommand(customerId);
      const drop = { by: 'jo', reason: 'a test of the sender' };
      expect(await letters.drop([letter.id], drop)).toMatchObject([{ kind: 'dropped' }]);
      expect(await letters.redrive([letter.id], BY)).toMatchObject([
        { kind: 'already', resolution: { action: 'drop', ...drop } },
      ]);
      expect(await sentAgain(letter.id)).toEqual([]);
      expect((await lettersOf(customerId))[0]?.status).toBe('dropped');
      expect(await auditOf(customerId)).toMatchObject([
        { action: 'DEAD_LETTER_DROPPED', messageId: letter.id, reason: drop.reason },
      ]);
    });

    it('a dry run tells what would happen and writes nothing, not even a marker', async () => {
      const customerId = newCustomer();
      const { letter } = await deadCommand(customerId);
      const before = await ends();
      const dry = { ...BY, dryRun: true };
      expect(await letters.redrive([letter.id], dry)).toMatchObject([{ kind: 'sent' }]);
      expect(await letters.drop([letter.id], dry)).toMatchObject([{ kind: 'dropped' }]);
      expect(await letters.edit(letter.id, '{', dry)).toMatchObject({ kind: 'refused', code: 'NOT_JSON' });
      expect(await ends()).toEqual(before);
      expect((await lettersOf(customerId))[0]?.status).toBe('open');
    });

    it('an id that no letter has, or that several begin with, is told and harms nothing', async () => {
      await deadCommand(newCustomer());
      await deadCommand(newCustomer());
      const outcomes = await letters.redrive(['msg-of-nobody', 'msg-'], BY);
      expect(outcomes).toEqual([
        { kind: 'not-found', id: 'msg-of-nobody' },
        { kind: 'not-found', id: 'msg-' },
      ]);
      expect(await letters.get('msg-')).toBeUndefined();
    });

    it('many letters go in batches, in their order, each once', async () => {
      const customerId = newCustomer();
      failing.add(customerId);
      const amounts = Array.from({ length: 230 }, (_, n) => n);
      await sender.sendAll(amounts.map((amount) => ({ definition: Add, payload: { customerId, amount } })));
      const dead = await lettersOf(customerId, amounts.length);
      failing.delete(customerId);
      const progress: number[] = [];
      const ids = dead.map(({ id }) => id).toReversed();
      const outcomes = await letters.redrive(ids, { ...BY, onProgress: ({ done }) => progress.push(done) });
      expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(['sent']));
      expect(progress).toEqual([100, 200, 230]);
      await until(async () => (await totals(customerId)).length === amounts.length);
      const sent = (await messages('commands', customerId)).slice(amounts.length);
      expect(sent.map(({ payload }) => payload['amount'])).toEqual(amounts);
    });

    it('a list takes filters, the newest first, and tells how many there are', async () => {
      const customerId = newCustomer();
      failing.add(customerId);
      await sender.sendAll([1, 2, 3].map((amount) => ({ definition: Add, payload: { customerId, amount } })));
      const dead = await lettersOf(customerId, 3);
      await letters.drop([dead[0]!.id], { by: 'jo', reason: 'not needed' });
      const ids = async (filter: object): Promise<string[]> =>
        (await letters.list({ customerId, ...filter })).letters.map(({ id }) => id);
      const newestFirst = dead.map(({ id }) => id).toReversed();
      expect(await ids({ topic: 'commands', agentId: COUNTER, code: 'NO_WAY', messageType: 'ADD' })).toEqual(
        newestFirst,
      );
      expect(await ids({ status: 'open' })).toEqual(newestFirst.slice(0, 2));
      expect(await ids({ status: 'dropped' })).toEqual(newestFirst.slice(2));
      expect(await ids({ code: 'OTHER' })).toEqual([]);
      expect(await ids({ until: dead[0]!.at })).toEqual([]);
      expect(await ids({ since: dead[2]!.at })).toContain(dead[2]!.id);
      expect(await letters.list({ customerId, limit: 1 })).toMatchObject({
        letters: [{ id: newestFirst[0] }],
        matching: 3,
      });
    });
  });
}

/** The manifest names handlers that no rule here needs. */
function unused(): [string, MessageHandler][] {
  return ['ADD_LATER', 'ADD_OUTSIDE'].map((type) => [
    type,
    () => {
      throw new TerminalError('NOT_USED', type);
    },
  ]);
}

interface TransactionHooks {
  readonly beforeSend?: () => Promise<void>;
  readonly commit?: (transaction: Transaction) => Promise<void>;
}

/** The same log, with something happening in its transactions. */
function withTransactions(log: MessageLog, hooks: TransactionHooks): MessageLog {
  const hooked = (transaction: Transaction): Transaction => ({
    send: async (records) => {
      await hooks.beforeSend?.();
      await transaction.send(records);
    },
    commitOffsets: (membership, offsets) => transaction.commitOffsets(membership, offsets),
    commit: () => hooks.commit?.(transaction) ?? transaction.commit(),
    abort: () => transaction.abort(),
  });
  return new Proxy(log, {
    get(target, property) {
      if (property !== 'createTransactionalWriter') {
        const value: unknown = Reflect.get(target, property);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      }
      return async (...options: Parameters<MessageLog['createTransactionalWriter']>) => {
        const writer = await target.createTransactionalWriter(...options);
        return {
          begin: async () => hooked(await writer.begin()),
          get broken() {
            return writer.broken;
          },
          close: () => writer.close(),
        };
      };
    },
  });
}
