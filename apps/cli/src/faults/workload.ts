import { setTimeout as delay } from 'node:timers/promises';
import { AskCoverageQuestion, ClaimClosed, FileClaim, PRIORITIES } from '@aika/contracts';
import type { World } from '../e2e/world.js';

/** What was asked of the agents, so that it can be counted afterwards. */
export interface Asked {
  readonly customerId: string;
  readonly conversationId: string;
  readonly claimId: string;
  /** Ids of the customer's coverage questions, in the order in which they were sent. */
  readonly questions: readonly string[];
  /** Those of them that were sent with priority HIGH: they have an order of their own. */
  readonly urgent: readonly string[];
}

/** Somebody with a policy in force. */
export interface Insured {
  readonly customerId: string;
  readonly conversationId: string;
  readonly policyId: string;
}

export interface WorkloadOptions {
  /** Claims of one run. */
  readonly claims: number;
  /** Milliseconds between two customers. */
  readonly paceMs: number;
}

/** What the agents are given to do during the faults of a kind. */
export interface FaultWorkload {
  /** Everything that was asked so far. */
  readonly asked: readonly Asked[];
  /** Binds the policies of so many runs. */
  prepare(runs: number): Promise<void>;
  /** Sends the messages of one run. Resolves when all are on the log. */
  send(run: number): Promise<readonly Asked[]>;
  /** Waits until the claims are closed. @returns how many are */
  settled(asked: readonly Asked[]): Promise<number>;
}

const QUESTIONS_BEFORE = 2;
const QUESTIONS_AFTER = 2;
const SETTLED_WITHIN_MS = 150_000;

/**
 * The agents' work during a fault: each customer of a run asks about cover, files a claim, which takes the whole
 * way to its payment, and asks again. Policies are bound before, so that the faults meet claims.
 */
export class Workload implements FaultWorkload {
  private insured: readonly Insured[] = [];
  readonly asked: Asked[] = [];

  constructor(
    private readonly world: World,
    private readonly options: WorkloadOptions,
  ) {}

  async prepare(runs: number): Promise<void> {
    this.insured = await bindPolicies(this.world, runs * this.options.claims);
  }

  /** Sends the messages of one run, one customer after the other. Resolves when all are on the log. */
  async send(run: number): Promise<readonly Asked[]> {
    const { claims, paceMs } = this.options;
    const mine = this.insured.slice(run * claims, (run + 1) * claims);
    return Promise.all(
      mine.map(async (insured, n) => {
        await delay(n * paceMs);
        return this.ask(insured);
      }),
    );
  }

  settled(asked: readonly Asked[]): Promise<number> {
    return claimsSettled(this.world, asked);
  }

  private async ask({ customerId, conversationId, policyId }: Insured): Promise<Asked> {
    const claimId = `clm-${customerId}`;
    const ids = Array.from(
      { length: QUESTIONS_BEFORE + QUESTIONS_AFTER },
      (_, n) => `msg-${customerId}-q${n}`,
    );
    const metadata = { conversationId };
    // Each customer begins with another one, so that claims of all priorities meet every fault.
    const first = this.asked.length;
    const priorityAt = (n: number) => PRIORITIES[(first + n) % PRIORITIES.length] ?? 'NORMAL';
    const questions = ids.map((messageId, n) => ({
      definition: AskCoverageQuestion,
      payload: { customerId, policyId, peril: 'HAIL' as const },
      messageId,
      priority: priorityAt(n),
      metadata,
    }));
    const claim = {
      definition: FileClaim,
      payload: {
        customerId,
        claimId,
        policyId,
        lossAt: this.world.daysAgo(3),
        reportedAt: this.world.daysAgo(1),
        cause: 'HAIL' as const,
        estimatedLoss: { amount: 60_000, currency: 'GBP' },
      },
      messageId: `msg-${claimId}`,
      priority: priorityAt(0),
      metadata,
    };
    const messages = [...questions.slice(0, QUESTIONS_BEFORE), claim, ...questions.slice(QUESTIONS_BEFORE)];
    const urgent = ids.filter((_, n) => priorityAt(n) === 'HIGH');
    const asked = { customerId, conversationId, claimId, questions: ids, urgent };
    // Counted before it is sent: a message that the log took counts, whatever its sender heard of it.
    this.asked.push(asked);
    await this.world.sender.sendAll(messages);
    return asked;
  }
}

/** A policy for each of so many new customers. */
export async function bindPolicies(world: World, count: number): Promise<readonly Insured[]> {
  return Promise.all(
    Array.from({ length: count }, async (_, n) => {
      const customerId = `cust-${world.namespace}-${n}`;
      const conversationId = `conv-${world.namespace}-${n}`;
      return { customerId, conversationId, policyId: await world.bindPolicy(customerId, conversationId) };
    }),
  );
}

/** Waits until the claims are closed. @returns how many are */
export async function claimsSettled(world: World, asked: readonly Asked[]): Promise<number> {
  const results = await Promise.allSettled(
    asked.map(({ conversationId }) =>
      world.expect(conversationId, ClaimClosed, undefined, SETTLED_WITHIN_MS),
    ),
  );
  return results.filter(({ status }) => status === 'fulfilled').length;
}
