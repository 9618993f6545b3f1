import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { AskCoverageQuestion } from '@aika/contracts';
import { partitionFor } from '@aika/messaging';
import { createKafkaAdmin, type KafkaAdmin } from '@aika/messaging/kafka';
import {
  ClockFault,
  type ClusterHandle,
  FailpointControl,
  healBrokers,
  KafkaProxy,
  type ManagedProcess,
  type PostgresHandle,
  resumeAll,
} from '@aika/testing';
import { World } from '../e2e/world.js';
import type { AgentApp } from '../processes/agent-fleet.js';
import { EdgeField } from './edge/edge-field.js';
import type { Draws } from './fault-kind.js';
import { KeysField, type KeysPlace, makeKeysPlace } from './trust/keys-field.js';
import { SealsField } from './trust/seals-field.js';

/** What the agents of a kind of fault are started with. */
export interface FieldNeeds {
  /** The agents reach the brokers through a proxy. */
  readonly proxied?: boolean;
  /** The agents can be made to die at a point of their work. */
  readonly failpoints?: boolean;
  /** The agents' wall clock can be moved. */
  readonly clock?: boolean;
  /** Projectors, gateways and PostgreSQL are there too, and the work comes in over HTTP. */
  readonly edge?: boolean;
  /** Two sealers of the audit trail are there too, with PostgreSQL as the second place. */
  readonly seals?: boolean;
  /** Personal data is sealed, with PostgreSQL as the store of keys. */
  readonly keys?: boolean;
  /** Records that an agent takes into a batch at most. */
  readonly batchSize?: number;
}

export interface Instance {
  readonly app: AgentApp;
  /** 0 or 1. */
  readonly number: number;
}

const INSTANCES = 2;
const SESSION_MS = 3000;
const DIED_WITHIN_MS = 5_000;
const DRAINED_WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 200;

/** Two instances of every agent on the cluster, and everything that can be done to them. */
export class FaultField {
  /** Bad records that were sent on purpose: each has to be a dead letter. */
  poisoned = 0;
  /** Ids of mended dead letters: each has to be answered once. */
  readonly mended: string[] = [];

  private constructor(
    readonly world: World,
    readonly cluster: ClusterHandle,
    readonly proxy: KafkaProxy,
    readonly failpoints: FailpointControl,
    readonly clock: ClockFault,
    readonly admin: KafkaAdmin,
    /** Where the kind needs it. */
    readonly edge: EdgeField | undefined,
    readonly seals: SealsField | undefined,
    readonly keys: KeysField | undefined,
    private readonly folder: string,
  ) {}

  /** @param postgres a server that may be killed; needed with the edge, seals and keys */
  static async open(
    cluster: ClusterHandle,
    needs: FieldNeeds,
    postgres?: PostgresHandle,
  ): Promise<FaultField> {
    const folder = mkdtempSync(join(tmpdir(), 'aika-faults-'));
    const proxy = await KafkaProxy.start({ brokers: cluster.brokers });
    const failpoints = new FailpointControl(folder);
    const clock = new ClockFault(folder);
    const keysPlace = needs.keys && postgres ? await makeKeysPlace(postgres) : undefined;
    const env = {
      ...(needs.failpoints ? failpoints.env() : {}),
      ...(needs.clock ? clock.env() : {}),
      ...(needs.batchSize === undefined ? {} : { AIKA_BATCH_SIZE: String(needs.batchSize) }),
      ...keysPlace?.env,
    };
    const world = await World.create({
      brokers: cluster.brokers,
      agentBrokers: needs.proxied ? proxy.brokers : cluster.brokers,
      instances: INSTANCES,
      env,
    });
    const admin = createKafkaAdmin({ brokers: [...cluster.brokers], clientId: 'aika-faults' });
    const { edge, seals, keys } = await openParts(world, needs, postgres, keysPlace);
    return new FaultField(world, cluster, proxy, failpoints, clock, admin, edge, seals, keys, folder);
  }

  /** How long a silent agent keeps its partitions, milliseconds. */
  get sessionMs(): number {
    return SESSION_MS;
  }

  agent({ app, number }: Instance): ManagedProcess {
    const found = this.world.fleet.agents.get(nameOf({ app, number }));
    if (!found) throw new Error(`There is no ${nameOf({ app, number })}.`);
    return found;
  }

  async kill(instance: Instance): Promise<void> {
    await this.agent(instance).killed();
  }

  /** Starts an instance again, and does not wait for it. */
  start({ app, number }: Instance): void {
    this.world.fleet.startAgent(app, number);
  }

  async ready(instance: Instance): Promise<void> {
    await this.world.fleet.untilReady(nameOf(instance));
  }

  /** Sends a coverage question that breaks its contract, and tells how it should have been. */
  async sendBroken(draws: Draws): Promise<{ readonly messageId: string; readonly mended: string }> {
    const { log, namespace } = this.world;
    const messageId = `msg-broken-${draws.upTo(1_000_000_000)}`;
    const customerId = `cust-${namespace}-mended`;
    const message = (payload: object): string =>
      JSON.stringify({
        messageId,
        timestamp: new Date().toISOString(),
        sourceAgentId: 'aika-faults',
        messageType: AskCoverageQuestion.type,
        payload: { customerId, policyId: 'pol-of-nobody', ...payload },
      });
    const topic = `${namespace}.commands`;
    const partition = partitionFor(customerId, await log.partitionCount(topic));
    const writer = await log.createWriter();
    try {
      this.poisoned++;
      await writer.send([{ topic, partition, key: customerId, value: message({ peril: 'DRAGONS' }) }]);
    } finally {
      await writer.close();
    }
    return { messageId, mended: message({ peril: 'HAIL' }) };
  }

  /** Waits until an instance is gone that should run. */
  async someoneDied(): Promise<void> {
    const deadline = performance.now() + DIED_WITHIN_MS;
    while ([...this.world.fleet.agents.values()].every((agent) => agent.isRunning)) {
      if (performance.now() > deadline) throw new Error('No agent died at its failpoint.');
      await delay(LOOK_EVERY_MS / 10);
    }
  }

  /** Starts again whatever has died. */
  startTheDead(): void {
    for (const [name, agent] of this.world.fleet.agents) {
      if (agent.isRunning) continue;
      const number = name.endsWith('-2') ? 1 : 0;
      this.world.fleet.startAgent(name.replace(/-2$/, '') as AgentApp, number);
    }
  }

  /** Ends every fault, and brings back what is down. */
  async heal(): Promise<void> {
    this.failpoints.withdraw();
    this.clock.reset();
    this.proxy.heal();
    resumeAll();
    await healBrokers(this.cluster);
    await this.world.misbehave([]);
    this.startTheDead();
    await this.edge?.heal();
    await this.seals?.heal();
    await this.keys?.heal();
  }

  /** Waits until every agent has handled all that there is; effects that are still pending are the judgement's. */
  async drained(): Promise<void> {
    const deadline = performance.now() + DRAINED_WITHIN_MS;
    while (!(await this.isDrained())) {
      if (performance.now() > deadline) return;
      await delay(LOOK_EVERY_MS);
    }
    await this.seals?.whole();
  }

  async close(): Promise<void> {
    try {
      await this.heal();
    } finally {
      await this.edge?.close();
      await this.seals?.close();
      await this.keys?.close();
      await this.world.close();
      await this.proxy.close();
      await this.admin.close();
      rmSync(this.folder, { recursive: true, force: true });
    }
  }

  private async isDrained(): Promise<boolean> {
    const groups = await this.admin.groups(`${this.world.namespace}.`).catch(() => []);
    const lag = groups.flatMap((group) => group.lag).reduce((sum, { lag: behind }) => sum + behind, 0);
    return groups.length > 0 && lag === 0;
  }
}

export function nameOf({ app, number }: Instance): string {
  return number === 0 ? app : `${app}-${number + 1}`;
}

interface Parts {
  readonly edge: EdgeField | undefined;
  readonly seals: SealsField | undefined;
  readonly keys: KeysField | undefined;
}

/** What stands beside the agents. */
async function openParts(
  world: World,
  needs: FieldNeeds,
  postgres: PostgresHandle | undefined,
  keysPlace: KeysPlace | undefined,
): Promise<Parts> {
  try {
    const edge = needs.edge && postgres ? await EdgeField.open(world, postgres) : undefined;
    const seals = needs.seals && postgres ? await SealsField.open(world, postgres) : undefined;
    const keys = keysPlace && (await KeysField.open(world, keysPlace));
    return { edge, seals, keys };
  } catch (error) {
    await world.close();
    throw error;
  }
}
