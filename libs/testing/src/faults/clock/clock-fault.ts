import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { preloadOption } from '../preload.js';

const PRELOAD = 'clock/clock.preload.js';

/**
 * The wall clock of child processes, moved while they run. A child that is started with `env` follows within
 * about 200 ms; its monotonic clock and its timers stay as they are.
 */
export class ClockFault {
  private readonly file: string;

  /** @param folder where the offset is kept; one clock for each name */
  constructor(folder: string, name = 'clock') {
    this.file = join(folder, `${name}.offset`);
  }

  /** For the child's environment. @param nodeOptions those that it has anyway */
  env(nodeOptions = ''): { readonly NODE_OPTIONS: string; readonly AIKA_FAULT_CLOCK_FILE: string } {
    return { NODE_OPTIONS: preloadOption(PRELOAD, nodeOptions), AIKA_FAULT_CLOCK_FILE: this.file };
  }

  /** Moves the clock that many milliseconds ahead of the real one; behind it when negative. */
  shift(offsetMs: number): void {
    // In one step: a child must not read half a number.
    writeFileSync(`${this.file}.new`, String(offsetMs));
    renameSync(`${this.file}.new`, this.file);
  }

  /** Back to the real time. */
  reset(): void {
    rmSync(this.file, { force: true });
  }
}
