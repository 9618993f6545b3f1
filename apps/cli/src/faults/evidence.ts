import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { type CommittedRecord, repositoryRoot } from '@aika/testing';
import { type BrokerLoss, brokerLosses } from './broker-losses.js';
import type { RequestRecord } from './edge/request-log.js';
import { FAULT_CLUSTER_DIR } from './fault-cluster.js';
import type { Asked } from './workload.js';
import type { Verdict } from './verdict.js';

export interface Evidence {
  readonly kind: string;
  readonly verdict: Verdict;
  readonly asked: readonly Asked[];
  /** Requests over HTTP with their answers. */
  readonly requests: readonly RequestRecord[];
  /** What was read from outside, by full topic name. */
  readonly records: ReadonlyMap<string, readonly CommittedRecord[]>;
  /** Where the agents' logs and local state are. */
  readonly world: string;
}

/**
 * Keeps all that tells how a violation came about, before the world is taken down: what was asked, what was read,
 * logs and states of the agents, logs and data of the brokers.
 *
 * @returns the folder, and what the brokers' own logs say was lost by them
 */
export async function keepEvidence(
  evidence: Evidence,
): Promise<{ readonly folder: string; readonly losses: readonly BrokerLoss[] }> {
  const { kind, verdict, asked, requests, records, world } = evidence;
  const name = `${kind}-${new Date().toISOString().replaceAll(':', '')}`;
  const folder = join(repositoryRoot(), '.aika', 'faults-evidence', name);
  const cluster = join(repositoryRoot(), FAULT_CLUSTER_DIR);
  mkdirSync(folder, { recursive: true });
  // Gigabytes: connections that nobody serves meanwhile would be lost.
  await cp(world, join(folder, 'agents'), { recursive: true });
  // Brokers go on meanwhile: a file that is renamed while it is copied must not cost the verdict.
  const notCopied = await cp(cluster, join(folder, 'brokers'), { recursive: true, filter: isLasting }).then(
    () => undefined,
    (error: Error) => error.message,
  );
  const losses = brokerLosses(brokerLogs(join(cluster, 'logs')));
  writeFileSync(
    join(folder, 'verdict.json'),
    JSON.stringify({ verdict, losses, notCopied, asked, requests }, null, 2),
  );
  for (const [topic, read] of records) {
    writeFileSync(
      join(folder, `${topic}.jsonl`),
      read.map((record) => `${JSON.stringify(record)}\n`).join(''),
    );
  }
  return { folder, losses };
}

function isLasting(path: string): boolean {
  return !/\.(tmp|deleted|cleaned|swap)$/.test(path);
}

function brokerLogs(folder: string): ReadonlyMap<string, string> {
  const names = readdirSync(folder).filter((name) => /^broker-\d+\.log$/.test(name));
  return new Map(names.map((name) => [name.replace('.log', ''), readFileSync(join(folder, name), 'utf8')]));
}
