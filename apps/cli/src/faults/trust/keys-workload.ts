import { setTimeout as delay } from 'node:timers/promises';
import { ConversationMessageRecorded, CustomerRegistered } from '@aika/contracts';
import type { World } from '../../e2e/world.js';
import { type Asked, type FaultWorkload, Workload, type WorkloadOptions } from '../workload.js';
import type { KeysField } from './keys-field.js';

/** Longer than a fault lets wait for itself. */
const INTRODUCED_AFTER_MS = 800;

interface Person {
  readonly customerId: string;
  readonly conversationId: string;
}

/**
 * Claims as always, and beside them what is personal: as many new customers are registered and write for the first time, so
 * that their key is made during the fault, by the desk or by an agent, whoever comes first. One more, who has been there
 * since the preparation, may be erased meanwhile.
 */
export class KeysWorkload implements FaultWorkload {
  private readonly claims: Workload;

  constructor(
    private readonly world: World,
    private readonly keys: KeysField,
    private readonly options: WorkloadOptions,
  ) {
    this.claims = new Workload(world, options);
  }

  get asked(): readonly Asked[] {
    return this.claims.asked;
  }

  async prepare(runs: number): Promise<void> {
    await this.claims.prepare(runs);
    const leavers = Array.from({ length: runs }, (_, run) => this.person(`leaver-${run}`));
    await Promise.all(leavers.map((leaver) => this.settle(leaver)));
    this.keys.leavers.push(...leavers.map(({ customerId }) => customerId));
  }

  async send(run: number): Promise<readonly Asked[]> {
    const [asked] = await Promise.all([this.claims.send(run), this.introduce(run)]);
    return asked;
  }

  settled(asked: readonly Asked[]): Promise<number> {
    return this.claims.settled(asked);
  }

  /** A little later than the claims: the fault is there before the first key is made. */
  private async introduce(run: number): Promise<void> {
    await delay(INTRODUCED_AFTER_MS);
    const leaver = this.person(`leaver-${run}`);
    const { claims, paceMs } = this.options;
    await Promise.all([
      this.keys.write(leaver.customerId, leaver.conversationId, 'meanwhile'),
      ...Array.from({ length: claims }, async (_, n) => {
        await delay(n * paceMs);
        await this.comeNew(this.person(`new-${run}-${n}`));
      }),
    ]);
  }

  private async comeNew({ customerId, conversationId }: Person): Promise<void> {
    await Promise.all([
      this.keys.register(customerId, conversationId),
      this.keys.write(customerId, conversationId, 'first'),
    ]);
    await this.keys.write(customerId, conversationId, 'second');
  }

  private async settle({ customerId, conversationId }: Person): Promise<void> {
    await this.keys.register(customerId, conversationId);
    await this.keys.write(customerId, conversationId, 'before');
    await this.world.expect(conversationId, CustomerRegistered);
    await this.world.expect(conversationId, ConversationMessageRecorded);
  }

  private person(name: string): Person {
    const { namespace } = this.world;
    return { customerId: `cust-${namespace}-${name}`, conversationId: `conv-${namespace}-${name}` };
  }
}
