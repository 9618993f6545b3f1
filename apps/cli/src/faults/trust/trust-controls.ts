import type { ControlResult } from '../campaign-report.js';
import { type ControlsOptions, controlsOf } from '../controls.js';
import type { FaultField } from '../fault-field.js';
import { Workload } from '../workload.js';
import { KEY_CONTROLS } from './keys-controls.js';
import { keysOf } from './keys-field.js';
import { KeysWorkload } from './keys-workload.js';
import { SEAL_CONTROLS } from './seals-controls.js';

const WORKLOAD = { claims: 2, paceMs: 0 };

/** Controls of the audit trail's seals, in a world in which nothing else fails. */
export function sealControls(options: ControlsOptions): Promise<readonly ControlResult[]> {
  options.onProgress('negative controls of the seals');
  const workloadOf = ({ world }: FaultField) => new Workload(world, WORKLOAD);
  return controlsOf({ seals: true }, SEAL_CONTROLS, workloadOf, options);
}

/** Controls of personal data and its keys, in a world in which nothing else fails; somebody is erased. */
export function keyControls(options: ControlsOptions): Promise<readonly ControlResult[]> {
  options.onProgress('negative controls of the keys');
  const workloadOf = (field: FaultField) => new KeysWorkload(field.world, keysOf(field), WORKLOAD);
  return controlsOf({ keys: true }, KEY_CONTROLS, workloadOf, options);
}
