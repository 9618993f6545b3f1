import cliProgress from 'cli-progress';
import type { Progress } from './portfolio-driver.js';

const NO_TERMINAL_INTERVAL_MS = 5000;

/** The replay's progress on standard error; a line every few seconds where that is no terminal. */
export class ProgressBar {
  private readonly bar = new cliProgress.SingleBar({
    format:
      '  {bar} {value}/{total} policyholders, {claimsClosed}/{claims} claims, {inFlight} under way, {rate} events/s',
    stream: process.stderr,
    noTTYOutput: true,
    notTTYSchedule: NO_TERMINAL_INTERVAL_MS,
    hideCursor: true,
  });
  private last = { events: 0, at: Date.now() };

  start(policyholders: number, claims: number): void {
    this.last = { events: 0, at: Date.now() };
    this.bar.start(policyholders, 0, { claims, claimsClosed: 0, inFlight: 0, rate: 0 });
  }

  update({ over, inFlight, claimsClosed, events }: Progress): void {
    const at = Date.now();
    const rate = Math.round(((events - this.last.events) * 1000) / Math.max(1, at - this.last.at));
    this.last = { events, at };
    this.bar.update(over, { claimsClosed, inFlight, rate });
  }

  stop(): void {
    this.bar.stop();
  }
}
