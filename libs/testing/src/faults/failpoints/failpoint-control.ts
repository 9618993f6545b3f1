import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { preloadOption } from '../preload.js';
import { suspend } from '../processes/suspend.js';
import {
  type Failpoint,
  type FailpointAction,
  type FailpointOrder,
  type FailpointReport,
  reportFileOf,
} from './failpoint-trigger.js';

const PRELOAD = 'failpoints/failpoints.preload.js';
const FIRED_TIMEOUT_MS = 60_000;
const LOOK_EVERY_MS = 10;

/**
 * Orders for agents that run with failpoints. All processes that are started with the same `env` share the
 * orders; the first that reaches the point carries it out.
 */
export class FailpointControl {
  private readonly file: string;

  /** @param folder where orders are left; one control for each name */
  constructor(folder: string, name = 'failpoint') {
    this.file = join(folder, `${name}.order`);
  }

  /** For the agent's environment. @param nodeOptions those that it has anyway */
  env(nodeOptions = ''): { readonly NODE_OPTIONS: string; readonly AIKA_FAULT_FILE: string } {
    return { NODE_OPTIONS: preloadOption(PRELOAD, nodeOptions), AIKA_FAULT_FILE: this.file };
  }

  /** From now on the agent dies (or stands still) the `at`-th time that it reaches the point. */
  order(point: Failpoint, { at = 1, action = 'kill' }: { at?: number; action?: FailpointAction } = {}): void {
    rmSync(reportFileOf(this.file), { force: true });
    const order: FailpointOrder = { point, at, action };
    // In one step: an agent must not read half an order.
    writeFileSync(`${this.file}.new`, JSON.stringify(order));
    renameSync(`${this.file}.new`, this.file);
  }

  /** Takes the order back. @returns false when it was carried out already */
  withdraw(): boolean {
    const stood = existsSync(this.file);
    rmSync(this.file, { force: true });
    return stood;
  }

  /** What was carried out since the last order; undefined when nothing was. */
  report(): FailpointReport | undefined {
    const file = reportFileOf(this.file);
    if (!existsSync(file)) return undefined;
    const text = readFileSync(file, 'utf8');
    return text === '' ? undefined : (JSON.parse(text) as FailpointReport);
  }

  /**
   * Waits until the order was carried out; a process that stands still then goes on by `resume(pid)`, or when
   * this process ends. @throws Error when it was not within `timeoutMs`
   */
  async fired(timeoutMs = FIRED_TIMEOUT_MS): Promise<FailpointReport> {
    const deadline = performance.now() + timeoutMs;
    for (;;) {
      const report = this.report();
      if (report?.action === 'stop') await suspend(report.pid);
      if (report !== undefined) return report;
      if (performance.now() > deadline) throw new Error(`the failpoint was not reached in ${timeoutMs} ms`);
      await delay(LOOK_EVERY_MS);
    }
  }
}
