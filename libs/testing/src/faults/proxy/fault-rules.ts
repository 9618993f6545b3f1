import { setTimeout as delay } from 'node:timers/promises';
import { seededRandom } from '../seeded-random.js';
import type { ApiName } from './api-names.js';

export type Direction = 'request' | 'answer';

/** What is done to a frame. */
type FaultAction =
  /** It arrives this much later, in milliseconds; frames of a connection keep their order. */
  | { readonly action: 'delay'; readonly delayMs: number }
  /** It is swallowed; the connection stays, and whoever waits runs into a timeout. */
  | { readonly action: 'drop' }
  /** The connection is cut instead of passing it on. */
  | { readonly action: 'reset' }
  /** A request reaches the broker and is carried out; the connection is cut instead of passing on the answer. */
  | { readonly action: 'reset-after' };

/** Which frames meet which fault. What is left out matches all. */
export type FaultRule = FaultAction & {
  readonly api?: ApiName;
  /** Node id. */
  readonly broker?: number;
  readonly direction?: Direction;
  /** That many matching frames pass before the first that is met. */
  readonly after?: number;
  /** At most so many frames; no bound by default. */
  readonly count?: number;
  /** 0 to 1: the share of frames, drawn by `seed` (1 by default). */
  readonly probability?: number;
  readonly seed?: number;
};

/** A rule in force. */
export interface ProxyFault {
  /** Frames that met it so far. */
  readonly hits: number;
  /** Resolves when that many frames have met it. @throws Error when they have not within `timeoutMs` */
  hit(count?: number, timeoutMs?: number): Promise<void>;
  clear(): void;
}

export interface FrameFacts {
  readonly api: string;
  readonly broker: number;
  readonly direction: Direction;
}

export type Verdict = { readonly delayMs: number; readonly end: 'pass' | 'drop' | 'reset' | 'reset-after' };

const HIT_TIMEOUT_MS = 30_000;
const LOOK_EVERY_MS = 10;

class RuleInForce implements ProxyFault {
  hits = 0;
  private passed = 0;
  private readonly random: () => number;

  constructor(
    private readonly rule: FaultRule,
    readonly clear: () => void,
  ) {
    this.random = seededRandom(rule.seed ?? 1);
  }

  /** The action if this frame meets the rule, which then counts as a hit. */
  meet(frame: FrameFacts): FaultAction | undefined {
    const { api, broker, direction, count = Infinity, after = 0, probability = 1 } = this.rule;
    if (api !== undefined && api !== frame.api) return undefined;
    if (broker !== undefined && broker !== frame.broker) return undefined;
    if (direction !== undefined && direction !== frame.direction) return undefined;
    if (this.hits >= count || this.passed++ < after) return undefined;
    if (probability < 1 && this.random() >= probability) return undefined;
    this.hits += 1;
    return this.rule;
  }

  async hit(count = 1, timeoutMs = HIT_TIMEOUT_MS): Promise<void> {
    const deadline = performance.now() + timeoutMs;
    while (this.hits < count) {
      if (performance.now() > deadline) {
        throw new Error(`${JSON.stringify(this.rule)}: ${this.hits} of ${count} hits in ${timeoutMs} ms`);
      }
      await delay(LOOK_EVERY_MS);
    }
  }
}

/** The faults in force. Delays add up; the first other action decides. */
export class FaultRules {
  private readonly rules = new Set<RuleInForce>();

  add(rule: FaultRule): ProxyFault {
    const inForce: RuleInForce = new RuleInForce(rule, () => void this.rules.delete(inForce));
    this.rules.add(inForce);
    return inForce;
  }

  clear(): void {
    this.rules.clear();
  }

  judge(frame: FrameFacts): Verdict {
    let delayMs = 0;
    for (const rule of this.rules) {
      const met = rule.meet(frame);
      if (met === undefined) continue;
      if (met.action !== 'delay') return { delayMs, end: met.action };
      delayMs += met.delayMs;
    }
    return { delayMs, end: 'pass' };
  }
}
