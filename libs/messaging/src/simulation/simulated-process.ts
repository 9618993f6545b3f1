import type { FaultOutcome, OperationName } from './fault.js';
import { errorOf } from './fault.js';
import type { TimeOwner, VirtualWorld } from './virtual-world.js';

/** What a process tells whoever runs it. */
export interface ProcessHost {
  /** Called at every operation. @returns the fault that is to happen there */
  reached(operation: OperationName): FaultOutcome | undefined;
  crashed(process: SimulatedProcess): void;
  paused(process: SimulatedProcess): void;
  askedToEnd(process: SimulatedProcess): void;
  trace(process: SimulatedProcess, event: string): void;
}

const LATENCIES_MS = [0, 0, 0, 1, 1, 2, 4];
const LATE_COMMIT_MS = [1, 3, 8, 30];

/**
 * One life of a process: it has timers and operations of its own, can stand still and go on, and can die. What
 * it has sent off may still arrive after its death.
 */
export class SimulatedProcess implements TimeOwner {
  state: 'running' | 'paused' | 'dead' = 'running';
  private held: (() => void)[] = [];

  constructor(
    readonly ownerId: number,
    readonly clientId: string,
    private readonly world: VirtualWorld,
    private readonly host: ProcessHost,
  ) {}

  hold(work: () => void): void {
    this.held.push(work);
  }

  /** As by kill -9. */
  crash(): void {
    if (this.state === 'dead') return;
    this.state = 'dead';
    this.held = [];
    this.host.crashed(this);
  }

  /** In good order, with all its work done. */
  end(): void {
    this.state = 'dead';
  }

  /** As by SIGSTOP. */
  pause(): void {
    if (this.state !== 'running') return;
    this.state = 'paused';
    this.host.paused(this);
  }

  /** As by SIGCONT: what came due meanwhile is done now. */
  resume(): void {
    if (this.state !== 'paused') return;
    this.state = 'running';
    const held = this.held;
    this.held = [];
    for (const work of held) this.world.as(this, () => this.world.after(0, work));
  }

  /** Waits as this process: for ever when it is dead. */
  wait(ms: number): Promise<void> {
    return this.world.wait(ms, this);
  }

  /** The way of a request or an answer. */
  latency(): number {
    return this.world.random.pick(LATENCIES_MS);
  }

  /** Work of the log, which goes on when this process does not: the timers that it sets are not the process's. */
  outside<T>(work: () => T): T {
    return this.world.as(undefined, work);
  }

  /** One operation on the log or the outside world: a point at which this process can fail. */
  async operation<T>(name: OperationName, request: () => Promise<T>): Promise<T> {
    if (this.state !== 'running') await this.wait(0);
    const outcome = this.host.reached(name);
    switch (outcome) {
      case undefined:
        return this.exchange(request);
      case 'crash-before':
        this.crash();
        return this.never();
      case 'pause-before':
        this.pause();
        await this.wait(0);
        return this.exchange(request);
      case 'crash-after':
        return this.exchange(request, () => this.crash());
      case 'pause-after':
        return this.exchange(request, () => this.pause());
      case 'answer-lost':
        await this.exchange(request);
        throw errorOf(outcome);
      case 'shutdown':
        this.host.askedToEnd(this);
        return this.exchange(request);
      case 'late-commit':
        this.doLater(request);
        break;
      default:
        break;
    }
    await this.wait(this.latency());
    throw errorOf(outcome);
  }

  private async exchange<T>(request: () => Promise<T>, onDone: () => void = () => undefined): Promise<T> {
    await this.world.wait(this.latency(), undefined);
    // What was under way when the process died may be lost with it.
    if (this.state === 'dead' && this.world.random.next() < 0.5) return this.never();
    try {
      return await this.outside(request);
    } finally {
      onDone();
      await this.wait(this.latency());
    }
  }

  private doLater(request: () => Promise<unknown>): void {
    const ms = this.world.random.pick(LATE_COMMIT_MS);
    this.outside(() =>
      this.world.after(ms, () => {
        request().catch((error: unknown) => this.host.trace(this, `late commit refused: ${String(error)}`));
      }),
    );
  }

  private never(): Promise<never> {
    return new Promise(() => undefined);
  }
}
