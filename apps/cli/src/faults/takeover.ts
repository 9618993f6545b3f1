import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { ClusterHandle } from '@aika/testing';
import { FaultField, type Instance } from './fault-field.js';
import { lastRestored } from './takeover-answers.js';
import { fillPolicyState } from './takeover-fill.js';
import { fullyReplicated, givenUp, withoutLag } from './takeover-lag.js';
import { CoverageProbe } from './takeover-probe.js';
import type { Measured, TakeoverOutcome } from './takeover-report.js';
import { Workload } from './workload.js';

export interface TakeoverOptions {
  readonly cluster: ClusterHandle;
  /** Kills of an instance; the two instances in turn. */
  readonly runs: number;
  /** Keys of state, over all partitions of the policy agents. */
  readonly keys: number;
  readonly onProgress: (line: string) => void;
  /** Ends the measurement after the run that is under way. */
  readonly signal: AbortSignal;
}

const BROKERS = [1, 2, 3] as const;
const CLAIMS = 6;
const PACE_MS = 120;
/** So that claims are under way when the broker dies. */
const HEAD_START_MS = 300;
/** Far above every bound: what takes longer is reported as trouble, not as a time. */
const WITHIN_MS = 120_000;
const LOOK_EVERY_MS = 50;

/**
 * Two instances of every agent on the cluster: kills instances of the policy agent, and then each broker, and
 * measures how long their work rests.
 */
export async function measureTakeover(options: TakeoverOptions): Promise<TakeoverOutcome> {
  const field = await FaultField.open(options.cluster, {});
  try {
    return await new Measurement(field, options).run();
  } finally {
    await field.close();
  }
}

class Measurement {
  constructor(
    private readonly field: FaultField,
    private readonly options: TakeoverOptions,
  ) {}

  async run(): Promise<TakeoverOutcome> {
    const { field, options } = this;
    const workload = new Workload(field.world, { claims: CLAIMS, paceMs: PACE_MS });
    await workload.prepare(BROKERS.length);
    const keys = await fillPolicyState(field, options.keys, options);
    const probe = await CoverageProbe.open(field.world, WITHIN_MS);
    try {
      const takeovers = await this.each(probe, runsOf(options.runs), (run) => this.killInstance(probe, run));
      const brokerLosses = await this.each(probe, BROKERS, (id) => this.loseBroker(probe, workload, id));
      const troubles = await probe.pause(WITHIN_MS).then(() => [], sayings);
      const { sessionMs } = field;
      return { keys, keysWanted: options.keys, sessionMs, takeovers, brokerLosses, troubles };
    } finally {
      await probe.close();
    }
  }

  /** One run after the other; one that fails is healed and reported, and the next one goes on. */
  private async each(
    probe: CoverageProbe,
    numbers: readonly number[],
    measure: (number: number) => Promise<Measured>,
  ): Promise<readonly Measured[]> {
    const results: Measured[] = [];
    for (const number of numbers) {
      if (this.options.signal.aborted) break;
      try {
        await this.sound(probe);
        results.push(await measure(number));
      } catch (error) {
        const [trouble = ''] = sayings(error);
        results.push({ trouble });
        this.options.onProgress(trouble);
        await this.field.heal();
      }
    }
    return results;
  }

  private async killInstance(probe: CoverageProbe, run: number): Promise<Measured> {
    const { field } = this;
    const instance: Instance = { app: 'policy-agent', number: run % 2 };
    const other: Instance = { app: 'policy-agent', number: 1 - instance.number };
    const owned = await ownedBy(field, instance);
    const killed = { at: performance.now(), time: Date.now() };
    await field.kill(instance);
    // Asked when it was gone: nobody but the other instance can have answered.
    const answers = await probe.served(performance.now(), owned, WITHIN_MS);
    const last = answers.filter(({ partition }) => owned.includes(partition)).map((one) => one.answeredAt);
    const ms = Math.round(Math.max(...last) - killed.at);
    const steps = stepsOf(readFileSync(field.agent(other).spec.logFile, 'utf8'), killed.time);
    this.options.onProgress(
      `takeover ${run + 1}/${this.options.runs}: ${ms} ms for partitions ${owned.join(', ')}${steps}`,
    );
    field.start(instance);
    return { ms };
  }

  /** All brokers follow, both instances share the partitions, and every partition answers. */
  private async sound(probe: CoverageProbe): Promise<void> {
    await fullyReplicated(this.field);
    await Promise.all([0, 1].map((number) => this.field.ready({ app: 'policy-agent', number })));
    await this.shared(probe.partitions);
    await probe.served(performance.now(), probe.partitions, WITHIN_MS);
  }

  private async shared(partitions: readonly number[]): Promise<void> {
    const deadline = performance.now() + WITHIN_MS;
    for (;;) {
      const owned = await Promise.all(
        [0, 1].map((number) => ownedBy(this.field, { app: 'policy-agent', number })),
      );
      const all = owned.flat().sort((a, b) => a - b);
      // An instance that has not heard of the other one yet still names partitions of both.
      if (owned.every(({ length }) => length > 0) && all.join() === partitions.join()) return;
      if (performance.now() > deadline) throw new Error('The instances do not share the partitions.');
      await delay(LOOK_EVERY_MS);
    }
  }

  private async loseBroker(probe: CoverageProbe, workload: Workload, id: number): Promise<Measured> {
    const { field } = this;
    const sending = workload.send(BROKERS.findIndex((one) => one === id));
    await delay(HEAD_START_MS);
    const killedAt = performance.now();
    const since = (): number => Math.round(performance.now() - killedAt);
    await field.cluster.killBroker(id);
    // Before, its partitions rest and have no lag that anybody could see.
    await givenUp(field, id, WITHIN_MS);
    const givenUpMs = since();
    await probe.served(performance.now(), probe.partitions, WITHIN_MS);
    const servedMs = since();
    const asked = await sending;
    const settled = await workload.settled(asked);
    await this.lagGone(probe);
    const ms = since();
    const steps = `given up after ${givenUpMs} ms, all partitions answered after ${servedMs} ms`;
    this.options.onProgress(`broker ${id} lost: ${ms} ms; ${steps}, ${settled} of ${CLAIMS} claims settled`);
    await field.cluster.startBroker(id);
    if (settled < asked.length) throw new Error(`broker ${id}: ${asked.length - settled} claims not settled`);
    return { ms };
  }

  /** Waits until nothing is left to handle. New questions wait meanwhile, or there would always be one left. */
  private async lagGone(probe: CoverageProbe): Promise<void> {
    try {
      await probe.pause(WITHIN_MS);
      await withoutLag(this.field, WITHIN_MS);
    } finally {
      probe.resume();
    }
  }
}

/** Partition numbers that an instance owns now, as it says itself. */
async function ownedBy(field: FaultField, instance: Instance): Promise<readonly number[]> {
  const port = field.agent(instance).spec.env['AIKA_HTTP_PORT'];
  const response = await fetch(`http://127.0.0.1:${port}/health`);
  const { partitions } = (await response.json()) as { readonly partitions?: readonly number[] };
  return partitions ?? [];
}

/** How a takeover went, by the log of the instance that took over. */
function stepsOf(log: string, killedTime: number): string {
  const restored = lastRestored(log);
  if (!restored || restored.timestamp < killedTime) return '';
  const { keys, ms, timestamp } = restored;
  return `; assigned after ${timestamp - ms - killedTime} ms, ${keys} keys restored in ${ms} ms`;
}

function runsOf(count: number): readonly number[] {
  return Array.from({ length: count }, (_, n) => n);
}

function sayings(error: unknown): readonly string[] {
  return [error instanceof Error ? error.message : String(error)];
}
