import { afterAll, beforeAll } from '@jest/globals';
import { catalogue as product, type Envelope, readMessage } from '@aika/contracts';
import { TerminalError } from '../../agent/index.js';
import { type LogRecord, type MessageLog, partitionFor } from '../../ports/index.js';
import { collect, until } from '../../ports/suite/suite-tools.js';
import { Add, catalogue } from '../../runtime/suite/counter-agent.fixtures.js';
import { CounterWorld, type RuntimeSuiteSetup } from '../../runtime/suite/counter-world.js';
import { DeadLetters } from '../dead-letters.js';
import { LETTER_HEADER, type LetterSummary } from '../letter.js';

/** Topics that a redrive writes. */
const WRITTEN = ['commands', 'dlq', 'audit'] as const;

/** A counting agent that fails when it is told to, and somebody who deals with its dead letters. */
export class LettersWorld {
  readonly letters: DeadLetters;
  private ids = 0;

  private constructor(readonly counters: CounterWorld) {
    this.letters = this.officeOn(this.connect('office'));
  }

  static async open(setup: RuntimeSuiteSetup): Promise<LettersWorld> {
    const counters = await CounterWorld.open(setup);
    await counters.start('one');
    return new LettersWorld(counters);
  }

  get edge(): MessageLog {
    return this.counters.edge;
  }

  customer(): string {
    return this.counters.customer();
  }

  topic(name: string): string {
    return this.counters.topic(name);
  }

  connect(clientId: string): MessageLog {
    return this.counters.setup.connect(clientId);
  }

  officeOn(log: MessageLog): DeadLetters {
    return new DeadLetters({ log, namespace: this.counters.namespace, catalogue, sourceAgentId: 'test' });
  }

  /** The agent fails at the message with this id, once. */
  failAt(messageId: string): void {
    this.counters.failures.set(messageId, [new TerminalError('NO_WAY', 'never')]);
  }

  /** Commands that the agent could not handle. @returns their letters, oldest first */
  async deadCommands(customerId: string, amounts: readonly number[]): Promise<readonly LetterSummary[]> {
    const commands = amounts.map((amount) => ({
      definition: Add,
      payload: { customerId, amount },
      messageId: `msg-dead-${++this.ids}`,
    }));
    for (const { messageId } of commands) this.failAt(messageId);
    await this.counters.sender.sendAll(commands);
    return this.lettersOf(customerId, amounts.length);
  }

  async deadCommand(customerId: string, amount = 1): Promise<LetterSummary> {
    const [letter] = await this.deadCommands(customerId, [amount]);
    return letter!;
  }

  /** As a stock client sends it: without headers. @returns the letter that it became */
  async sendRaw(customerId: string, value: string): Promise<LetterSummary> {
    const topic = this.topic('commands');
    const partition = partitionFor(customerId, await this.edge.partitionCount(topic));
    const writer = await this.edge.createWriter();
    await writer.send([{ topic, partition, key: customerId, value }]);
    await writer.close();
    const [letter] = await this.lettersOf(customerId);
    return letter!;
  }

  /** The letters of a customer, oldest first, once there are so many. */
  async lettersOf(customerId: string, count = 1): Promise<readonly LetterSummary[]> {
    await until(async () => (await this.letters.list({ customerId })).matching === count);
    return (await this.letters.list({ customerId })).letters.toReversed();
  }

  /** A customer's committed messages on a topic, with their records. */
  async messages(
    name: string,
    customerId: string,
  ): Promise<readonly (Envelope & { readonly record: LogRecord })[]> {
    return (await this.records(name)).flatMap((record) => {
      const read = readMessage(record.value ?? '', {
        catalogue: catalogue.with(product.all()),
        receivedAt: new Date(record.timestamp).toISOString(),
        fallbackMessageId: 'msg-none',
      });
      if (!read.ok || read.envelope.payload['customerId'] !== customerId) return [];
      return [{ ...read.envelope, record }];
    });
  }

  async totals(customerId: string): Promise<readonly unknown[]> {
    return (await this.messages('events', customerId)).map(({ payload }) => payload['total']);
  }

  async auditOf(customerId: string): Promise<readonly unknown[]> {
    return (await this.messages('audit', customerId)).map(({ payload }) => payload);
  }

  /** Commands that were sent because of this letter. */
  async sentAgain(letterId: string): Promise<readonly LogRecord[]> {
    const commands = await this.records('commands');
    return commands.filter(({ headers }) => headers[LETTER_HEADER.redriveOf]?.toString() === letterId);
  }

  /** Ends of the topics that a redrive writes, markers included. */
  async ends(): Promise<unknown> {
    const positions = await Promise.all(WRITTEN.map((name) => this.partitionsOf(name)));
    return Promise.all(positions.flat().map((at) => this.edge.offsets(at)));
  }

  async close(): Promise<void> {
    await this.counters.stopAgents();
    await this.counters.close();
  }

  private async records(name: string): Promise<readonly LogRecord[]> {
    const found: LogRecord[] = [];
    for (const at of await this.partitionsOf(name)) {
      const { start, end } = await this.edge.offsets(at);
      found.push(...(await collect(this.edge.read(at, { from: start, until: end }))));
    }
    return found;
  }

  private async partitionsOf(name: string) {
    const topic = this.topic(name);
    const count = await this.edge.partitionCount(topic);
    return Array.from({ length: count }, (_, partition) => ({ topic, partition }));
  }
}

/** Opens a world for the tests of the enclosing `describe`. */
export function useLettersWorld(open: () => Promise<RuntimeSuiteSetup>): () => LettersWorld {
  let world: LettersWorld;
  beforeAll(async () => {
    world = await LettersWorld.open(await open());
  }, 60_000);
  afterAll(() => world.close(), 60_000);
  return () => world;
}
