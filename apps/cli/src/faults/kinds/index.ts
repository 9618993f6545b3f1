import type { FaultKind } from '../fault-kind.js';
import { AGENT_KINDS } from './agent-kinds.js';
import { BROKER_KINDS } from './broker-kinds.js';
import { COPY_KINDS } from './copy-kinds.js';
import { EDGE_KINDS } from './edge-kinds.js';
import { FAILPOINT_KINDS } from './failpoint-kinds.js';
import { NETWORK_KINDS } from './network-kinds.js';
import { TRUST_KINDS } from './trust-kinds.js';
import { WORLD_KINDS } from './world-kinds.js';

/** Every kind of real fault of the campaign. */
export const FAULT_KINDS: readonly FaultKind[] = [
  ...AGENT_KINDS,
  ...COPY_KINDS,
  ...FAILPOINT_KINDS,
  ...BROKER_KINDS,
  ...NETWORK_KINDS,
  ...WORLD_KINDS,
  ...EDGE_KINDS,
  ...TRUST_KINDS,
];
