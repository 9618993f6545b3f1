import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { topicOf } from '@aika/contracts';
import type { LogRecord, MessageLog } from '../ports/index.js';
import { Add, catalogue } from '../runtime/suite/counter-agent.fixtures.js';
import { MessageSender, QueueFullError, type DeliveryReport, type SenderOptions } from './index.js';

export interface SenderHarness {
  /** Has the topics `commands` and `audit`. */
  readonly namespace: string;
  connect(): MessageLog;
}

const command = (customerId: string, amount: number) => ({ customerId, amount });

/** Rules of sending without waiting. Every adapter passes them. */
export function describeMessageSender(name: string, setup: () => Promise<SenderHarness>): void {
  describe(`enqueued messages: ${name}`, () => {
    let harness: SenderHarness;
    const open: { close(): Promise<void> }[] = [];

    const sender = async (options: Partial<SenderOptions> = {}): Promise<MessageSender> => {
      const log = harness.connect();
      const { namespace } = harness;
      const made = await MessageSender.create({
        log,
        catalogue,
        namespace,
        sourceAgentId: 'edge',
        ...options,
      });
      open.push(log, made);
      return made;
    };
    const written = async (): Promise<LogRecord[]> => {
      const log = harness.connect();
      const topic = topicOf(harness.namespace, 'commands');
      const records: LogRecord[] = [];
      for (let partition = 0; partition < (await log.partitionCount(topic)); partition += 1) {
        const { end } = await log.offsets({ topic, partition });
        for await (const batch of log.read({ topic, partition }, { from: 0, until: end }))
          records.push(...batch);
      }
      await log.close();
      return records;
    };
    const idOf = ({ value }: LogRecord): string =>
      (JSON.parse(value!.toString()) as { messageId: string }).messageId;

    beforeAll(async () => {
      harness = await setup();
    });

    afterEach(async () => {
      await Promise.all(
        open
          .splice(0)
          .reverse()
          .map((part) => part.close()),
      );
    });

    it('have an id at once, and each is reported where it was written', async () => {
      const edge = await sender();
      const reports: DeliveryReport[] = [];
      const ids = Array.from({ length: 300 }, (_, n) =>
        edge.enqueue(Add, command(`c-${n % 7}`, n), { onDelivery: (report) => reports.push(report) }),
      );
      expect(reports).toEqual([]);
      await edge.flush();
      expect(reports.map(({ messageId }) => messageId).sort()).toEqual([...ids].sort());
      const records = new Map((await written()).map((record) => [idOf(record), record]));
      for (const report of reports) {
        const { topic, partition, offset } = records.get(report.messageId)!;
        expect(report).toEqual({ messageId: report.messageId, ok: true, topic, partition, offset });
      }
    });

    it('are told of with their own place when several are sent at once', async () => {
      const edge = await sender();
      const places = new Map<string, object>();
      const messages = ['c-1', 'c-2', 'c-3'].map((customerId, n) => ({
        definition: Add,
        payload: command(customerId, n),
        messageId: `msg-place-${n}`,
        onSent: (at: object) => places.set(`msg-place-${n}`, at),
      }));
      await edge.sendAll(messages);
      for (const record of await written()) {
        const { topic, partition, offset } = record;
        if (places.has(idOf(record))) expect(places.get(idOf(record))).toEqual({ topic, partition, offset });
      }
      expect([...places.keys()]).toEqual(messages.map(({ messageId }) => messageId));
    });

    it('keep their order per customer', async () => {
      const edge = await sender();
      const ids = Array.from({ length: 100 }, (_, n) => edge.enqueue(Add, command('c-ordered', n)));
      await edge.flush();
      const found = (await written()).filter(({ key }) => key?.toString() === 'c-ordered').map(idOf);
      expect(found).toEqual(ids);
    });

    it('are refused above the bound with an error that says what to do, and taken after a flush', async () => {
      const edge = await sender({ queue: { maxMessages: 3 } });
      for (let n = 0; n < 3; n += 1) edge.enqueue(Add, command('c-full', n));
      const enqueue = (): string => edge.enqueue(Add, command('c-full', 3));
      expect(enqueue).toThrow(QueueFullError);
      expect(enqueue).toThrow(/flush/);
      await edge.flush();
      expect(enqueue()).toMatch(/^msg-/);
    });

    it('are bounded by bytes too; one alone is always taken', async () => {
      const edge = await sender({ queue: { maxBytes: 10 } });
      edge.enqueue(Add, command('c-bytes', 1));
      expect(() => edge.enqueue(Add, command('c-bytes', 2))).toThrow(QueueFullError);
      await edge.flush();
      edge.enqueue(Add, command('c-bytes', 3));
    });

    it('that break their contract are refused at once and not counted', async () => {
      const edge = await sender({ queue: { maxMessages: 1 } });
      expect(() => edge.enqueue(Add, { customerId: 'c-1', amount: 5000 })).toThrow(/ADD breaks its schema/);
      expect(edge.enqueue(Add, command('c-1', 1))).toMatch(/^msg-/);
    });

    it('that cannot be written are reported with the error, and the others are delivered', async () => {
      const edge = await sender();
      const lost = await sender({ namespace: 'no-such-namespace' });
      const reports: DeliveryReport[] = [];
      const onDelivery = (report: DeliveryReport): void => void reports.push(report);
      lost.enqueue(Add, command('c-1', 1), { messageId: 'lost', onDelivery });
      edge.enqueue(Add, command('c-1', 1), { messageId: 'found', onDelivery });
      await Promise.all([lost.flush(), edge.flush()]);
      const byId = new Map(reports.map((report) => [report.messageId, report]));
      expect(byId.get('lost')).toMatchObject({ ok: false, error: { code: 'UNKNOWN_TOPIC' } });
      expect(byId.get('found')).toMatchObject({ ok: true });
    });

    it('are delivered by a close, and a callback that throws is told there', async () => {
      const log = harness.connect();
      open.push(log);
      const { namespace } = harness;
      const edge = await MessageSender.create({ log, catalogue, namespace, sourceAgentId: 'edge' });
      const onDelivery = (): void => {
        throw new Error('of the callback');
      };
      const id = edge.enqueue(Add, command('c-close', 1), { onDelivery });
      await expect(edge.close()).rejects.toThrow('of the callback');
      expect((await written()).map(idOf)).toContain(id);
    });
  });
}
