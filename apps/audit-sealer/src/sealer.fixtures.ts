import { setTimeout as sleep } from 'node:timers/promises';
import {
  MemorySealStore,
  newKeyPair,
  type PartitionReport,
  signingKey,
  trustedKeys,
  type TrustedKeys,
  verifyTrail,
  type SealStore,
} from '@aika/audit';
import { topicOf } from '@aika/contracts';
import type { MessageLog, OutgoingRecord, RuntimeLogger } from '@aika/messaging';
import { Sealer, type SealerOptions } from './sealer.js';

const { privateKey, publicKey } = newKeyPair();
const KEY = signingKey(privateKey);
export const PARTITIONS = 4;

const silent: RuntimeLogger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** A trail on some log, sealers on it, and its verification. */
export class SealedWorld {
  readonly topic: string;
  store: SealStore = new MemorySealStore();
  private readonly sealers: Sealer[] = [];
  private readonly logs: MessageLog[] = [];
  private written = 0;

  constructor(
    readonly namespace: string,
    private readonly connect: (clientId: string) => MessageLog,
    readonly log: MessageLog,
  ) {
    this.topic = topicOf(namespace, 'audit');
  }

  /** A sealer with a connection of its own; running. */
  sealer(instanceId: string, options: Partial<SealerOptions> = {}): Sealer {
    const log = this.connect(instanceId);
    this.logs.push(log);
    const sealer = new Sealer({
      ...{ log, store: this.store, key: KEY, namespace: this.namespace, instanceId, logger: silent },
      ...{ batchSize: 50, intervalMs: 40, retentionMs: null },
      ...{ sessionTimeoutMs: 6000, transactionTimeoutMs: 10_000 },
      ...options,
    });
    this.sealers.push(sealer);
    sealer.start();
    return sealer;
  }

  /** Writes lines, each in its own transaction if asked for, so that markers stand between them. */
  async write(count: number, { inTransactions = false } = {}): Promise<void> {
    const records = Array.from({ length: count }, () => this.line());
    if (!inTransactions) {
      const writer = await this.log.createWriter();
      await writer.send(records);
      return writer.close();
    }
    const writer = await this.log.createTransactionalWriter({
      transactionalId: `${this.namespace}-writer`,
      transactionTimeoutMs: 10_000,
    });
    for (const [n, record] of records.entries()) {
      const transaction = await writer.begin();
      await transaction.send([record]);
      await (n % 5 === 4 ? transaction.abort() : transaction.commit());
    }
    await writer.close();
  }

  /** Reports of all partitions as one: sums, and every finding. */
  async verify(
    keys: TrustedKeys = trustedKeys(publicKey),
    log: MessageLog = this.log,
  ): Promise<Pick<PartitionReport, 'verified' | 'unsealed' | 'notCopied' | 'findings'>> {
    const sum = {
      verified: 0,
      unsealed: 0,
      notCopied: 0,
      findings: [] as PartitionReport['findings'][number][],
    };
    const { topic, store } = this;
    for await (const report of verifyTrail({ log, topic, store, keys, clock: Date.now })) {
      sum.verified += report.verified;
      sum.unsealed += report.unsealed;
      sum.notCopied += report.notCopied;
      sum.findings.push(...report.findings);
    }
    return sum;
  }

  /** Verifies until everything is sealed and copied. */
  async whole(verified: number, keys?: TrustedKeys): Promise<void> {
    await eventually(async () => {
      const report = await this.verify(keys);
      const expected = { verified, unsealed: 0, notCopied: 0, findings: [] };
      if (JSON.stringify(report) !== JSON.stringify(expected)) throw new Error(JSON.stringify(report));
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.sealers.map((sealer) => sealer.stop()));
    await Promise.all([...this.logs, this.log].map((log) => log.close()));
  }

  private line(): OutgoingRecord {
    const number = (this.written += 1);
    return {
      topic: this.topic,
      partition: number % PARTITIONS,
      key: `cust-${number % PARTITIONS}`,
      value: JSON.stringify({ messageId: `msg-${number}`, action: 'POLICY_BOUND' }),
      headers: { messageId: `msg-${number}` },
    };
  }
}

/** The log, but each transaction of its writers waits for `gate` before it begins: a process that is frozen there. */
export function frozenBeforeCommit(log: MessageLog, gate: () => Promise<void>): MessageLog {
  const create: MessageLog['createTransactionalWriter'] = async (options) => {
    const writer = await log.createTransactionalWriter(options);
    const begin = writer.begin.bind(writer);
    writer.begin = async () => {
      await gate();
      return begin();
    };
    return writer;
  };
  return Object.assign(Object.create(log) as MessageLog, { createTransactionalWriter: create });
}

export async function eventually(check: () => Promise<void> | void, timeoutMs = 20_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(50);
    }
  }
}
