import type { PartitionReport } from '@aika/audit';
import type { CommittedRecord } from '@aika/testing';
import { aika } from '../../e2e/run-aika.js';
import type { World } from '../../e2e/world.js';
import { together, type Verdict } from '../verdict.js';
import type { Asked } from '../workload.js';
import type { SealsField } from './seals-field.js';
import { judgeLines, judgeSeals, judgeVerification, type Verification } from './seals-verdict.js';

const COMMAND_WITHIN_MS = 60_000;

/** What was looked at: a check that has seen nothing proves nothing. */
export interface SealFigures {
  /** Lines of the audit trail. */
  readonly lines: number;
  /** Of them those that are as they were sealed. */
  readonly verified: number;
  readonly seals: number;
}

/** Trail and seals as Java's consumer has read them, the second place, and what `aika audit verify` says. */
export async function judgeTrail(
  seals: SealsField,
  world: World,
  asked: readonly Asked[],
  byTopic: ReadonlyMap<string, readonly CommittedRecord[]>,
): Promise<{ readonly verdict: Verdict; readonly figures: SealFigures }> {
  const records = byTopic.get(seals.topic) ?? [];
  const onTopic = byTopic.get(seals.sealsTopic) ?? [];
  const verification = await verified(world, seals.verifierEnv);
  const partitions = verification.reports.map(({ partition }) => partition);
  const copies = new Map(
    await Promise.all(
      partitions.map(
        async (partition) => [partition, await seals.store.all(seals.topic, partition)] as const,
      ),
    ),
  );
  const verdict = together([
    judgeSeals({ records, seals: onTopic, copies }),
    judgeVerification(verification, records.length),
    judgeLines(
      asked.flatMap(({ claimId, questions }) => [`msg-${claimId}`, ...questions]),
      records,
    ),
  ]);
  const verifiedRecords = verification.reports.reduce((sum, report) => sum + report.verified, 0);
  return { verdict, figures: { lines: records.length, verified: verifiedRecords, seals: onTopic.length } };
}

/** The command that an auditor runs, in a process of its own. */
async function verified(world: World, env: Readonly<Record<string, string>>): Promise<Verification> {
  const options = { env, withinMs: COMMAND_WITHIN_MS };
  const { code, out, err } = await aika(world, ['audit', 'verify', '--json'], options);
  const lines = out.split('\n').filter((line) => line.startsWith('{'));
  if (lines.length === 0) throw new Error(`aika audit verify has said nothing (${code}): ${err}`);
  return { code, reports: lines.map((line) => JSON.parse(line) as PartitionReport) };
}
