import { ClaimApproved, NotificationRequested } from '@aika/contracts';
import { defineAgent, defineStore } from '@aika/messaging';
import type { ClaimTally } from '../../workload/claim-notice.js';
import { peerSettings } from '../peer-settings.js';

const { name } = peerSettings();

/** An agent of its own for each run: its group, inbox and state begin empty. */
export const tallyAgent = defineAgent({
  id: name,
  inbox: `agent.${name}`,
  handles: [ClaimApproved],
  emits: [NotificationRequested],
});

export const Tallies = defineStore<ClaimTally>('tallies');
