import type { EffectBreakerSettings } from '../agent/index.js';

type Circuit =
  | { readonly kind: 'closed'; readonly failures: number; readonly limit: number }
  | { readonly kind: 'open'; readonly since: number; readonly nextProbeAt: number; readonly pauseMs: number };

/** How many may run after the probe that closed the circuit; each success adds one. */
const FIRST_LIMIT = 2;

/**
 * Tells an outage of the other side from failures of single calls: enough failures in a row open it. While it
 * is open one probe at a time may run, after a pause that doubles; any success closes it, and the calls come
 * back one more at a time. Pure: it is told the time (milliseconds of one clock) and what happened.
 */
export class CircuitBreaker {
  private circuit: Circuit = { kind: 'closed', failures: 0, limit: Infinity };

  constructor(private readonly settings: EffectBreakerSettings) {}

  /** Since when it has been open and when a probe is due (past while one runs); undefined = closed. */
  get open(): { readonly since: number; readonly nextProbeAt: number } | undefined {
    return this.circuit.kind === 'open' ? this.circuit : undefined;
  }

  /** How many calls may be under way now. */
  limit(now: number): number {
    switch (this.circuit.kind) {
      case 'closed':
        return this.circuit.limit;
      case 'open':
        return now >= this.circuit.nextProbeAt ? 1 : 0;
    }
  }

  succeeded(): void {
    const limit = this.circuit.kind === 'open' ? FIRST_LIMIT : this.circuit.limit + 1;
    this.circuit = { kind: 'closed', failures: 0, limit };
  }

  /**
   * A call ended without an answer. `wasProbe`: it began while the circuit was open; one that began before
   * says nothing new.
   */
  failed(now: number, wasProbe: boolean): void {
    const { circuit } = this;
    switch (circuit.kind) {
      case 'closed':
        this.circuit = this.afterFailure(circuit.failures + 1, circuit.limit, now);
        return;
      case 'open':
        if (wasProbe) this.circuit = this.openFor(2 * circuit.pauseMs, circuit.since, now);
        return;
    }
  }

  private afterFailure(failures: number, limit: number, now: number): Circuit {
    return failures < this.settings.failures
      ? { kind: 'closed', failures, limit }
      : this.openFor(this.settings.pauseMs, now, now);
  }

  private openFor(pause: number, since: number, now: number): Circuit {
    const pauseMs = Math.min(this.settings.maxPauseMs, pause);
    return { kind: 'open', since, nextProbeAt: now + pauseMs, pauseMs };
  }
}
