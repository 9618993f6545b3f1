import { isDeepStrictEqual } from 'node:util';
import { lanesOf, topicOf } from '@aika/contracts';
import { MessageSender } from '../client/index.js';
import { createInMemoryBroker, type InMemoryBroker } from '../in-memory/index.js';
import { type MessageLog, partitionFor, type RecordWriter } from '../ports/index.js';
import { type DeliverySettings, groupIdOf, inputTopics, shortNameOf } from '../runtime/index.js';
import { type FaultOutcome, type OperationName, outcomesOf, type PlannedFault } from './fault.js';
import { type Finding, findingsOf, readTopic } from './findings.js';
import { recordedEntries } from './recorded-entries.js';
import { catalogue, ledgerAgent, PaymentBook, Report } from './ledger-agent.js';
import { mix, Random } from './random.js';
import { type CopyDefect, SimulatedDisk } from './simulated-disk.js';
import { type LogDecorator, SimulatedInstance } from './simulated-instance.js';
import { installVirtualTime } from './virtual-globals.js';
import { VirtualWorld } from './virtual-world.js';
import { drawWorkload, type Entry, type Input, type Workload } from './workload.js';

const NAMESPACE = 'sim';
const PARTITIONS = 3;
export const INSTANCES = ['one', 'two'] as const;
const SIZE = { customers: 5, entriesPerCustomer: 5, waves: 4 };

/** Longest virtual time until everything is handled after all faults. */
const DRAIN_LIMIT_MS = 60_000;
const AUDIT_LIMIT_MS = 10_000;
const STOP_LIMIT_MS = 10_000;
/** A message that is handled twice shows itself within this time. */
const QUIET_MS = 100;
const CHECK_MS = 20;
const MARKER_DELAYS_MS = [0, 0, 1, 3, 12];

/** A fault that took place. */
export interface FiredFault extends PlannedFault {
  readonly operation: OperationName;
}

/** As planned; `any` leaves the outcome to the seed, among those that the operation can have. */
export interface RunFault {
  readonly process: string;
  readonly point: number;
  readonly outcome: FaultOutcome | 'any';
}

export interface RunOptions {
  readonly seed: number;
  readonly faults: readonly RunFault[];
  /** Swaps the agents' adapter, to see that the checks notice. */
  readonly decorate?: LogDecorator;
  readonly settings?: Partial<DeliverySettings>;
  /** A fault of the local copies, to see that the checks notice. */
  readonly copyDefect?: CopyDefect;
}

export interface RunResult {
  readonly seed: number;
  readonly fired: readonly FiredFault[];
  /** The operations of each process, in order: the points at which it can fail. */
  readonly operations: Readonly<Record<string, readonly OperationName[]>>;
  readonly findings: readonly Finding[];
  /** What happened, one line an event: `<virtual ms> <process> <event>`. */
  readonly trace: readonly string[];
  /** Virtual milliseconds. */
  readonly elapsedMs: number;
}

/** Runs a workload on two instances under faults, heals, drains and checks. Replaces this process's timers meanwhile. */
export async function simulateRun(options: RunOptions): Promise<RunResult> {
  const world = new VirtualWorld(options.seed);
  const restore = installVirtualTime(world);
  try {
    return await new SimulatedRun(world, options).execute();
  } finally {
    restore();
  }
}

/** Booked and noted; what comes later; a confirmation and that it was acknowledged. */
const EVENTS_OF: Readonly<Record<Entry['kind'], number>> = {
  BOOK: 2,
  BOOK_LATER: 3,
  BOOK_AND_PAY: 3,
  BOOK_AND_ASK: 4,
};

class SimulatedRun {
  private readonly broker: InMemoryBroker;
  private readonly edge: MessageLog;
  private readonly workload: Workload;
  private readonly payments = new PaymentBook();
  private readonly fired: FiredFault[] = [];
  private readonly trace: string[] = [];
  private readonly operations: Record<string, OperationName[]> = {};
  private readonly findings: Finding[] = [];
  private readonly disks = new Map<string, SimulatedDisk>();
  private isFed = false;

  constructor(
    private readonly world: VirtualWorld,
    private readonly options: RunOptions,
  ) {
    this.workload = drawWorkload(new Random(mix(options.seed)), SIZE);
    this.broker = createInMemoryBroker({
      topics: PARTITIONS,
      clock: () => world.now,
      markerDelayMs: () => world.random.pick(MARKER_DELAYS_MS),
    });
    this.edge = this.broker.connect('edge');
  }

  async execute(): Promise<RunResult> {
    for (const name of INSTANCES)
      this.disks.set(name, new SimulatedDisk(this.world, this.options.copyDefect));
    const instances = INSTANCES.map((name) => this.instance(name));
    const feeding = this.feed();
    await this.until(() => this.isDrained(instances), DRAIN_LIMIT_MS, 'everything is handled');
    await this.world.runUntil(() => false, QUIET_MS);
    await this.finish(Promise.all([feeding, ...instances.map((instance) => instance.stop())]));
    await this.audit();
    await this.finish(this.compareCopies());
    return {
      seed: this.options.seed,
      fired: this.fired,
      operations: this.operations,
      findings: [...(await this.compare()), ...this.findings],
      trace: this.trace,
      elapsedMs: this.world.elapsed,
    };
  }

  private instance(name: string): SimulatedInstance {
    const { decorate = (log) => log, settings = {}, faults } = this.options;
    const planned = new Map(faults.filter((f) => f.process === name).map((f) => [f.point, f.outcome]));
    const operations: OperationName[] = (this.operations[name] = []);
    return new SimulatedInstance({
      name,
      world: this.world,
      broker: this.broker,
      namespace: NAMESPACE,
      script: this.workload.script,
      payments: this.payments,
      settings,
      decorate,
      disk: this.disks.get(name),
      faultAt: (point, operation) => {
        operations.push(operation);
        return this.fire({ process: name, point, operation }, planned.get(point));
      },
      trace: (line) => this.trace.push(line),
    });
  }

  private fire(
    at: Omit<FiredFault, 'outcome'>,
    planned: FaultOutcome | 'any' | undefined,
  ): FaultOutcome | undefined {
    const possible = outcomesOf(at.operation);
    const outcome =
      planned === 'any' ? possible[mix(this.options.seed + at.point) % possible.length] : planned;
    if (outcome === undefined || !possible.includes(outcome)) return undefined;
    // A record is refused for good or not at all: one that is refused twice is rightly given up.
    if (outcome === 'too-large' && this.hasRefused(at.process)) return undefined;
    this.fired.push({ ...at, outcome });
    return outcome;
  }

  private hasRefused(process: string): boolean {
    return this.fired.some((fault) => fault.process === process && fault.outcome === 'too-large');
  }

  /** The edge has no faults: what it sends is in the log, in this order. */
  private async feed(): Promise<void> {
    const sender = await this.sender();
    const writer = await this.edge.createWriter();
    for (const { at, inputs } of this.workload.waves) {
      await this.world.wait(at - this.world.elapsed, undefined);
      for (const input of inputs) await this.send(input, { sender, writer });
    }
    this.isFed = true;
  }

  private async send(
    input: Input,
    { sender, writer }: { readonly sender: MessageSender; readonly writer: RecordWriter },
  ): Promise<void> {
    if (input.kind === 'message') {
      await sender.sendAll([input.message]);
      return;
    }
    const { customerId, value, isMisplaced } = input.raw;
    const partition = (partitionFor(customerId, PARTITIONS) + (isMisplaced ? 1 : 0)) % PARTITIONS;
    await writer.send([{ topic: topicOf(NAMESPACE, 'commands'), partition, key: customerId, value }]);
  }

  private sender(): Promise<MessageSender> {
    return MessageSender.create({ log: this.edge, catalogue, namespace: NAMESPACE, sourceAgentId: 'edge' });
  }

  private isDrained(instances: readonly SimulatedInstance[]): boolean {
    if (!this.isFed || !instances.every((instance) => instance.isRunning) || this.lag() > 0) return false;
    return (
      this.countOf('events') >= this.expectedEvents() && this.countOf('dlq') >= this.workload.deadLetters
    );
  }

  private lag(): number {
    const topics = inputTopics(ledgerAgent, catalogue).map((name) => topicOf(NAMESPACE, name));
    return this.broker.lagOf(groupIdOf(NAMESPACE, ledgerAgent), topics);
  }

  private countOf(name: string): number {
    return this.broker.lagOf(
      'nobody',
      lanesOf(name).map((lane) => topicOf(NAMESPACE, lane)),
    );
  }

  private expectedEvents(): number {
    const entries = [...this.workload.entries.values()].flat();
    return entries.reduce((sum, { kind }) => sum + EVENTS_OF[kind], 0);
  }

  /** A new instance restores all state from the changelog and reports every account. */
  private async audit(): Promise<void> {
    const auditor = this.instance('auditor');
    const sender = await this.sender();
    for (const customerId of this.workload.entries.keys()) {
      await sender.send(Report, { customerId, seq: 0 }, { messageId: `msg-${customerId}-report` });
    }
    const expected = this.expectedEvents() + this.workload.entries.size;
    const isDone = (): boolean => this.lag() === 0 && this.countOf('events') >= expected;
    await this.until(isDone, AUDIT_LIMIT_MS, 'every account is reported');
    const { pendingEffects, parkedKeys } = auditor.status;
    if (pendingEffects > 0) this.diverges(`${pendingEffects} effects are still pending`);
    if (parkedKeys > 0) this.diverges(`${parkedKeys} keys are still parked`);
    await this.finish(auditor.stop());
  }

  private async compare(): Promise<readonly Finding[]> {
    const names = ['events', 'dlq', 'state.risk', 'commands', 'agent.risk'];
    const reading = Promise.all(names.map((name) => readTopic(this.edge, NAMESPACE, name)));
    if (!(await this.finish(reading))) return [];
    const [events = [], deadLetters = [], changelog = [], ...inputs] = await reading;
    const { workload, payments } = this;
    // Without deduplication ids and order are forgotten at once: then there is nothing to compare.
    const isKept = this.options.settings?.deduplicationMs !== 0;
    const recorded = isKept ? recordedEntries(changelog, inputs.flat()) : undefined;
    return findingsOf({ workload, payments, events, deadLetters, recorded });
  }

  /** Each local copy is exactly what the changelog said up to the copy's position. */
  private async compareCopies(): Promise<void> {
    const topic = topicOf(NAMESPACE, `state.${shortNameOf(ledgerAgent)}`);
    for (const [name, disk] of this.disks) {
      for (const [partition, { entries, position }] of disk.copies) {
        const folded = new Map<string, string>();
        for await (const records of this.edge.read({ topic, partition }, { from: 0, until: position })) {
          for (const { key, value } of records) {
            if (value === null) folded.delete(String(key));
            else folded.set(String(key), value.toString());
          }
        }
        if (!isDeepStrictEqual(folded, entries)) this.diverges(`copy ${partition} of ${name} at ${position}`);
      }
    }
  }

  private async until(isTrue: () => boolean, limitMs: number, what: string): Promise<void> {
    let isOver = false;
    const check = (): void => {
      isOver = isTrue();
      if (!isOver) this.world.after(CHECK_MS, check);
    };
    check();
    if (await this.world.runUntil(() => isOver, limitMs)) return;
    this.diverges(`not seen within ${limitMs} ms: ${what} (lag ${this.lag()})`);
  }

  /** False when it did not end: whoever awaited it then would wait for ever. */
  private async finish(work: Promise<unknown>): Promise<boolean> {
    let isOver = false;
    const ended = work.finally(() => {
      isOver = true;
    });
    const isEnded = await this.world.runUntil(() => isOver, STOP_LIMIT_MS);
    if (isEnded) await ended;
    else this.diverges(`not ended within ${STOP_LIMIT_MS} ms`);
    return isEnded;
  }

  private diverges(what: string): void {
    this.trace.push(`${this.world.elapsed} ${what}`);
    this.findings.push({ kind: 'divergent', what });
  }
}
