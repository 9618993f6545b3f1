import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { drawUpTo } from '../seeded-random.js';

/** Places in an agent's work where it can be made to die, in the order in which it comes by them. */
export const FAILPOINTS = [
  /** The agent is about to ask for its place in the group. */
  'before-join',
  /** It has its partitions and has restored none of them. */
  'after-join',
  /** It has read a part of a changelog. */
  'during-restore',
  /** All state is restored, and nothing was handled yet. */
  'on-assigned',
  /** A batch is handled, and nothing of it is written. */
  'before-send',
  /** Outputs and changelog are written and not committed. */
  'after-send',
  /** The offsets are part of the transaction too. */
  'after-offsets',
  /** The request to commit (EndTxn) is about to be written to its connection. */
  'before-end',
  /** It was handed to the system, and no answer was read. */
  'end-sent',
  /** The commit was answered, and the agent has not acted on it yet. */
  'after-end',
  /** What was committed is about to be written to the local copy. */
  'before-copy',
  /** It was written, with its position. */
  'after-copy',
  /** A transaction was aborted. */
  'after-abort',
  /** The outside world has answered an effect, and its result is not written. */
  'effect-called',
] as const;

export type Failpoint = (typeof FAILPOINTS)[number];

/** `kill` ends the process as kill -9 does; `stop` freezes it (SIGSTOP), to make a zombie of it. */
export type FailpointAction = 'kill' | 'stop';

export interface FailpointOrder {
  readonly point: Failpoint;
  /** 1 is the next time that the point is reached. */
  readonly at: number;
  readonly action: FailpointAction;
}

/** What a process leaves behind when an order was carried out. */
export interface FailpointReport extends FailpointOrder {
  readonly pid: number;
}

export const reportFileOf = (orderFile: string): string => `${orderFile}.fired`;

const DRAWN_WITHIN = 10;

/** Counts how often the ordered point is reached, and carries the order out. Lives in the agent's process. */
export class FailpointTrigger {
  private text = '';
  private order: FailpointOrder | undefined;
  private hits = 0;

  constructor(
    /** An order that stands from the start. */
    given: FailpointOrder | undefined,
    /** Where orders arrive while the process runs: the first process that carries one out takes it away. */
    private readonly file: string | undefined,
    private readonly carryOut: (action: FailpointAction) => void,
  ) {
    this.order = given;
  }

  hit(point: Failpoint): void {
    this.lookForOrder();
    if (this.order?.point !== point) return;
    this.hits += 1;
    if (this.hits < this.order.at) return;
    const order = this.order;
    this.order = undefined;
    if (this.take(order)) this.carryOut(order.action);
  }

  /** At every point, so that an order holds from the moment when it is written. */
  private lookForOrder(): void {
    if (this.file === undefined) return;
    const text = existsSync(this.file) ? readIfThere(this.file) : '';
    if (text === this.text) return;
    this.text = text;
    this.hits = 0;
    this.order = text === '' ? undefined : (JSON.parse(text) as FailpointOrder);
  }

  /** False when another process was faster. */
  private take(order: FailpointOrder): boolean {
    if (this.file === undefined) return true;
    try {
      // Taken away first: whoever is started next must not find it and die too.
      rmSync(this.file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT' && this.text !== '') return false;
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
    const report: FailpointReport = { ...order, pid: process.pid };
    writeFileSync(reportFileOf(this.file), JSON.stringify(report));
    return true;
  }
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

/**
 * The order of the environment: AIKA_FAULT_POINT, AIKA_FAULT_AT (or drawn by AIKA_FAULT_SEED, 1 to
 * AIKA_FAULT_WITHIN, 10 by default), AIKA_FAULT_ACTION. Undefined without a point.
 * @throws Error for a value that is none
 */
export function orderOf(env: NodeJS.ProcessEnv): FailpointOrder | undefined {
  const { AIKA_FAULT_POINT: point, AIKA_FAULT_SEED: seed } = env;
  if (point === undefined || point === '') return undefined;
  const known = FAILPOINTS.find((one) => one === point);
  if (known === undefined) throw new Error(`AIKA_FAULT_POINT is "${point}", not ${FAILPOINTS.join(', ')}`);
  const within = Number(env['AIKA_FAULT_WITHIN'] ?? DRAWN_WITHIN);
  const at = seed === undefined ? Number(env['AIKA_FAULT_AT'] ?? 1) : drawUpTo(within, Number(seed));
  if (!Number.isInteger(at) || at < 1) throw new Error(`AIKA_FAULT_AT is "${env['AIKA_FAULT_AT']}"`);
  const action = env['AIKA_FAULT_ACTION'] ?? 'kill';
  if (action !== 'kill' && action !== 'stop') throw new Error(`AIKA_FAULT_ACTION is "${action}"`);
  return { point: known, at, action };
}
