import type { ClusterHandle, PostgresHandle } from '@aika/testing';
import type { ControlResult } from './campaign-report.js';
import { FaultField, type FieldNeeds } from './fault-field.js';
import { judge } from './judge.js';
import { isClean, type Verdict } from './verdict.js';
import type { FaultWorkload } from './workload.js';

/** Something that the checks have to notice. */
export interface Control {
  readonly name: string;
  /** Does from outside what must never happen. @returns what makes it good again, where that can be */
  readonly spoil: (field: FaultField) => Promise<void | (() => Promise<void>)>;
  readonly isFound: (verdict: Verdict) => boolean;
}

export interface ControlsOptions {
  readonly cluster: ClusterHandle;
  readonly postgres: () => Promise<PostgresHandle>;
  readonly onProgress: (line: string) => void;
}

/** Each is brought about after a run without a fault, and has to be found by the judgement of the faults. */
export async function controlsOf(
  needs: FieldNeeds,
  controls: readonly Control[],
  workloadOf: (field: FaultField) => FaultWorkload,
  { cluster, postgres, onProgress }: ControlsOptions,
): Promise<readonly ControlResult[]> {
  const field = await FaultField.open(cluster, needs, await postgres());
  try {
    const workload = workloadOf(field);
    await workload.prepare(1);
    await workload.settled(await workload.send(0));
    for (const leaver of field.keys?.leavers ?? []) await field.keys?.erase(leaver);
    await field.drained();
    const { verdict } = await judge(field, workload.asked);
    if (!isClean(verdict))
      throw new Error(`Nothing was spoilt, and this was found: ${JSON.stringify(verdict)}`);
    const results: ControlResult[] = [];
    for (const { name, spoil, isFound } of controls) {
      const mend = await spoil(field);
      const caught = isFound((await judge(field, workload.asked)).verdict);
      await mend?.();
      onProgress(`${name}: ${caught ? 'caught' : 'NOT CAUGHT'}`);
      results.push({ name, caught });
    }
    return results;
  } finally {
    await field.close();
  }
}
