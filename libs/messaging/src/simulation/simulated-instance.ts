import type { InMemoryBroker } from '../in-memory/index.js';
import type { MessageLog } from '../ports/index.js';
import { AgentRuntime, type DeliverySettings, silentLogger } from '../runtime/index.js';
import type { FaultOutcome, OperationName } from './fault.js';
import {
  catalogue,
  ledgerAgent,
  ledgerAnswers,
  ledgerHandlers,
  payEffect,
  type LedgerScript,
} from './ledger-agent.js';
import type { PaymentBook } from './ledger-agent.js';
import type { SimulatedDisk } from './simulated-disk.js';
import { SimulatedLog } from './simulated-log.js';
import { SimulatedProcess } from './simulated-process.js';
import type { VirtualWorld } from './virtual-world.js';

/** Short times keep the number of steps of a run low; what counts is their order of size. */
export const SESSION_MS = 400;
/**
 * Ten sessions: what a dead instance leaves open is ended by its successor. Only what one wrote that was frozen past its
 * session, went on and died at once may be left to the log, which has to be done with it before a run is.
 */
const TRANSACTION_MS = 10 * SESSION_MS;

/** Swaps what an instance's connection is, to see that the checks notice. */
export type LogDecorator = (log: MessageLog, broker: InMemoryBroker) => MessageLog;

export interface InstanceOptions {
  readonly name: string;
  readonly world: VirtualWorld;
  readonly broker: InMemoryBroker;
  readonly namespace: string;
  readonly script: LedgerScript;
  readonly payments: PaymentBook;
  readonly settings: Partial<DeliverySettings>;
  readonly decorate: LogDecorator;
  /** Where its local copies are; none = its state is in memory only. */
  readonly disk: SimulatedDisk | undefined;
  /** The fault of the operation with this number (from 1), if there is to be one. */
  readonly faultAt: (point: number, operation: OperationName) => FaultOutcome | undefined;
  readonly trace: (line: string) => void;
}

/** One instance of the agent: processes one after the other, each started anew after the crash of the last. */
export class SimulatedInstance {
  /** Operations so far, over all its processes. */
  points = 0;
  private lives = 0;
  private isStopping = false;
  private isRestarting = false;
  private readonly died = Promise.withResolvers<void>();
  private process: SimulatedProcess;
  private runtime: AgentRuntime;

  constructor(private readonly options: InstanceOptions) {
    [this.process, this.runtime] = this.start();
  }

  /** Whether it runs, so that nothing keeps it from its work any more. */
  get isRunning(): boolean {
    return this.process.state === 'running' && !this.isRestarting;
  }

  get status() {
    return this.runtime.status();
  }

  /** Ends it in good order; what crashes on the way stays dead. */
  async stop(): Promise<void> {
    this.isStopping = true;
    if (this.process.state === 'dead') return;
    const stopped = this.options.world.as(this.process, () => this.runtime.stop());
    await Promise.race([stopped, this.died.promise]);
  }

  private start(): [SimulatedProcess, AgentRuntime] {
    const { name, world, broker, decorate } = this.options;
    this.lives += 1;
    const clientId = `${name}.${this.lives}`;
    const process = new SimulatedProcess(world.nextOwnerId(), clientId, world, {
      reached: (operation) => this.reached(operation),
      crashed: (dead) => this.crashed(dead),
      paused: (paused) => this.paused(paused),
      askedToEnd: (ending) => void this.restart(ending),
      trace: (of, event) => this.trace(of, event),
    });
    const log = new SimulatedLog({
      inner: decorate(broker.connect(clientId), broker),
      process,
      nextChange: (ms) => broker.nextChange(ms),
    });
    const runtime = this.createRuntime(log, process);
    this.trace(process, 'starts');
    // Not before the caller knows both.
    world.as(process, () => world.after(0, () => runtime.start()));
    return [process, runtime];
  }

  private createRuntime(log: MessageLog, process: SimulatedProcess): AgentRuntime {
    const { name, namespace, script, payments, settings, disk } = this.options;
    return new AgentRuntime({
      agent: ledgerAgent,
      log,
      namespace,
      instanceId: name,
      catalogue,
      handlers: ledgerHandlers(script),
      answers: ledgerAnswers,
      effects: payEffect(payments, (call) => process.operation('effect', call)),
      logger: silentLogger,
      ...(disk ? { stores: disk.stores(process) } : {}),
      settings: {
        batchSize: 6,
        sessionTimeoutMs: SESSION_MS,
        transactionTimeoutMs: TRANSACTION_MS,
        handlerBackoffMs: 2,
        idleCommitMs: 30,
        parkedAttempts: 6,
        parkedBackoffMs: 10,
        parkedMaxBackoffMs: 40,
        ...settings,
      },
    });
  }

  private reached(operation: OperationName): FaultOutcome | undefined {
    this.points += 1;
    const outcome = this.options.faultAt(this.points, operation);
    const fault = outcome === undefined ? '' : ` ${outcome}`;
    this.trace(this.process, `#${this.points} ${operation}${fault}`);
    return outcome;
  }

  private crashed(dead: SimulatedProcess): void {
    const { world } = this.options;
    this.trace(dead, 'is dead');
    this.expireAfterSession(dead);
    if (this.isStopping) return this.died.resolve();
    this.startAfter(world.random.between(0, 2 * SESSION_MS));
  }

  private startAfter(ms: number): void {
    const { world } = this.options;
    this.isRestarting = true;
    world.as(undefined, () =>
      world.after(ms, () => {
        if (this.isStopping) return;
        this.isRestarting = false;
        [this.process, this.runtime] = this.start();
      }),
    );
  }

  /** As in a rolling restart. What crashes on the way is started anew like any other crashed process. */
  private async restart(ending: SimulatedProcess): Promise<void> {
    const { world } = this.options;
    if (this.isRestarting || this.isStopping) return;
    this.isRestarting = true;
    this.trace(ending, 'is asked to end');
    await world.as(ending, () => this.runtime.stop());
    // It died on the way, and is started anew as what died: twice would be two processes under one instance id.
    if (ending.state === 'dead') return;
    ending.end();
    this.trace(ending, 'has ended');
    this.startAfter(world.random.between(0, SESSION_MS / 4));
  }

  private paused(paused: SimulatedProcess): void {
    const { world } = this.options;
    this.trace(paused, 'stands still');
    this.expireAfterSession(paused);
    world.as(undefined, () =>
      world.after(world.random.between(SESSION_MS / 2, 3 * SESSION_MS), () => {
        this.trace(paused, 'goes on');
        paused.resume();
      }),
    );
  }

  /** The last heartbeat was a while ago when a process stops. */
  private expireAfterSession(stopped: SimulatedProcess): void {
    const { world, broker } = this.options;
    const left = world.random.between((2 * SESSION_MS) / 3, SESSION_MS);
    world.as(undefined, () =>
      world.after(left, () => {
        if (stopped.state === 'running') return;
        this.trace(stopped, 'is given up by the group');
        broker.expireClient(stopped.clientId);
      }),
    );
  }

  private trace(process: SimulatedProcess | undefined, event: string): void {
    const { world, name, trace } = this.options;
    trace(`${world.elapsed} ${process?.clientId ?? name} ${event}`);
  }
}
