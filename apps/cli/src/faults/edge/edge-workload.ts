import { setTimeout as delay } from 'node:timers/promises';
import {
  AskCoverageQuestion,
  ClaimFiled,
  CoverageQuestionAnswered,
  FileClaim,
  PRIORITIES,
} from '@aika/contracts';
import type { World } from '../../e2e/world.js';
import {
  type Asked,
  bindPolicies,
  claimsSettled,
  type FaultWorkload,
  type Insured,
  type WorkloadOptions,
} from '../workload.js';
import type { HttpCaller } from './http-caller.js';
import { type Attempt, idsTold, type Wish } from './request-log.js';
import type { ViewReader } from './view-reader.js';

const QUESTIONS = 8;
/** Where in the questions the claim is filed. */
const CLAIM_AT = 3;
const WAIT_SECONDS = 3;

/**
 * The agents' work as callers of the gateway bring it about: each customer asks about cover, files a claim, and asks
 * again, every request under a key of its own, every other one with `Prefer: wait`, every third at both gateways at
 * once. What was told as done is read at once from the views.
 */
export class EdgeWorkload implements FaultWorkload {
  private insured: readonly Insured[] = [];
  private readonly begun: { readonly insured: Insured; readonly wishes: readonly Wish[] }[] = [];

  constructor(
    private readonly world: World,
    private readonly edge: { readonly caller: HttpCaller; readonly reader: ViewReader },
    private readonly options: WorkloadOptions,
  ) {}

  /** Ids of questions as the gateway told them; the key of one that it never took. */
  get asked(): readonly Asked[] {
    const told = new Map(this.edge.caller.log.records.map((record) => [record.wish.key, idsTold(record)[0]]));
    return this.begun.map(({ insured, wishes }) => {
      const questions = wishes.filter(({ command }) => command === AskCoverageQuestion.type);
      const idOf = ({ key }: Wish): string => told.get(key) ?? key;
      return {
        ...insured,
        claimId: claimIdOf(insured),
        questions: questions.map(idOf),
        urgent: questions.filter(({ priority }) => priority === 'HIGH').map(idOf),
      };
    });
  }

  async prepare(runs: number): Promise<void> {
    this.insured = await bindPolicies(this.world, runs * this.options.claims);
  }

  /** Resolves when every request of the run was accepted, or given up. */
  async send(run: number): Promise<readonly Asked[]> {
    const { claims, paceMs } = this.options;
    const mine = this.insured.slice(run * claims, (run + 1) * claims);
    await Promise.all(
      mine.map(async (insured, n) => {
        await delay(n * paceMs);
        await this.ask(insured);
      }),
    );
    const customers = new Set(mine.map(({ customerId }) => customerId));
    return this.asked.filter(({ customerId }) => customers.has(customerId));
  }

  settled(asked: readonly Asked[]): Promise<number> {
    return claimsSettled(this.world, asked);
  }

  /** One after the other: what is accepted stands on the log before the next is asked. */
  private async ask(insured: Insured): Promise<void> {
    const wishes = this.wishesOf(insured, this.begun.length);
    // Counted before it is sent: what the log took counts, whatever the caller heard of it.
    this.begun.push({ insured, wishes });
    for (const wish of wishes) {
      const answer = await this.edge.caller.carryOut(wish);
      if (wish.command === FileClaim.type) this.edge.reader.watch(claimIdOf(insured));
      if (answer) await this.readBack(wish, answer, insured);
    }
  }

  /** What was carried out, where it is a resource, or that the command was accepted: the position is of the one or the other. */
  private async readBack(
    { command }: Wish,
    { status, messageId, position }: Attempt,
    insured: Insured,
  ): Promise<void> {
    if (position === undefined) return;
    const isClaim = status === 200 && command === FileClaim.type;
    if (status === 200 && !isClaim) return;
    const path = isClaim ? `/v1/claims/${claimIdOf(insured)}` : `/v1/commands/${messageId}`;
    await this.edge.reader.readOwnWrite(path, insured.customerId, position);
  }

  private wishesOf(insured: Insured, first: number): readonly Wish[] {
    const questions = Array.from({ length: QUESTIONS }, (_, n) => this.question(insured, first, n));
    return [...questions.slice(0, CLAIM_AT), this.claim(insured, first), ...questions.slice(CLAIM_AT)];
  }

  private question({ customerId, policyId }: Insured, first: number, n: number): Wish {
    return {
      key: `key-${customerId}-q${n}`,
      path: `/v1/policies/${policyId}/coverage-questions`,
      body: { customerId, peril: 'HAIL' },
      customerId,
      conversationId: `conv-${customerId}-q${n}`,
      priority: priorityAt(first + n),
      waits: (first + n) % 2 === 0 ? WAIT_SECONDS : undefined,
      isHedged: (first + n) % 3 === 1,
      command: AskCoverageQuestion.type,
      outcome: CoverageQuestionAnswered.type,
    };
  }

  private claim(insured: Insured, first: number): Wish {
    const { customerId, conversationId, policyId } = insured;
    return {
      key: `key-${claimIdOf(insured)}`,
      path: '/v1/claims',
      body: {
        customerId,
        claimId: claimIdOf(insured),
        policyId,
        lossAt: this.world.daysAgo(3),
        reportedAt: this.world.daysAgo(1),
        cause: 'HAIL',
        estimatedLoss: { amount: 60_000, currency: 'GBP' },
      },
      customerId,
      conversationId,
      priority: priorityAt(first),
      waits: first % 3 === 2 ? undefined : WAIT_SECONDS,
      isHedged: first % 3 === 1,
      command: FileClaim.type,
      outcome: ClaimFiled.type,
    };
  }
}

function claimIdOf({ customerId }: Insured): string {
  return `clm-${customerId}`;
}

function priorityAt(n: number): Wish['priority'] {
  return PRIORITIES[n % PRIORITIES.length] ?? 'NORMAL';
}
