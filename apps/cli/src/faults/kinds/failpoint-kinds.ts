import { rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { type Failpoint, resume } from '@aika/testing';
import type { FaultField } from '../fault-field.js';
import type { Draws, FaultKind } from '../fault-kind.js';
import { copiesOf } from '../local-copies.js';

const WITHIN = 6;
/** A point that a run does not come by is no fault of the run. */
const FIRED_WITHIN_MS = 15_000;

/** Points of a batch's way: some agent comes by while claims are settled. */
const IN_WORK: readonly Failpoint[] = [
  'before-send',
  'after-send',
  'after-offsets',
  'before-end',
  'end-sent',
  'after-end',
  'before-copy',
  'after-copy',
  'effect-called',
];

/** Points on the way to the first batch: an instance has to be started to come by. */
const AT_START: readonly Failpoint[] = ['before-join', 'after-join', 'during-restore', 'on-assigned'];

/** An effect is rare: one payment for each claim. */
const withinOf = (point: Failpoint): number => (point === 'effect-called' ? 3 : WITHIN);

async function dieAt(
  field: FaultField,
  draws: Draws,
  point: Failpoint,
  within = withinOf(point),
): Promise<void> {
  const at = 1 + draws.upTo(within);
  field.failpoints.order(point, { at });
  await field.failpoints.fired(FIRED_WITHIN_MS).finally(() => field.failpoints.withdraw());
  await field.someoneDied();
  field.startTheDead();
}

async function dieAtStart(field: FaultField, draws: Draws, point: Failpoint): Promise<void> {
  const instance = { app: 'claims-agent', number: draws.upTo(2) } as const;
  await field.agent(instance).stop();
  // With its copy there is nothing to read from the changelog.
  if (point === 'during-restore') {
    for (const copy of copiesOf(field, instance)) rmSync(copy, { recursive: true });
  }
  field.failpoints.order(point, { at: 1 });
  field.start(instance);
  await field.failpoints.fired(FIRED_WITHIN_MS).finally(() => field.failpoints.withdraw());
  await field.someoneDied();
  field.startTheDead();
}

export const FAILPOINT_KINDS: readonly FaultKind[] = [
  ...IN_WORK.map((point) => ({
    name: `killed-${point}`,
    about: `an agent dies at the failpoint ${point}`,
    needs: { failpoints: true },
    strike: (field: FaultField, draws: Draws) => dieAt(field, draws, point),
  })),
  ...AT_START.map((point) => ({
    name: `killed-${point}`,
    about: `an agent dies at the failpoint ${point}, while it starts`,
    needs: { failpoints: true },
    strike: (field: FaultField, draws: Draws) => dieAtStart(field, draws, point),
  })),
  {
    name: 'killed-after-abort',
    about: 'a transaction fails and is aborted, and the agent dies right after',
    needs: { failpoints: true, proxied: true },
    strike: async (field, draws) => {
      const api = 'TxnOffsetCommit' as const;
      const fault = field.proxy.add({ api, direction: 'request', action: 'reset', after: draws.upTo(6) });
      await dieAt(field, draws, 'after-abort', 1).finally(() => fault.clear());
    },
  },
  {
    name: 'frozen-in-transaction',
    about: 'an agent freezes with its transaction open, past its session, and goes on as a zombie',
    needs: { failpoints: true },
    strike: async (field, draws) => {
      field.failpoints.order('after-offsets', { at: 1 + draws.upTo(WITHIN), action: 'stop' });
      const { pid } = await field.failpoints
        .fired(FIRED_WITHIN_MS)
        .finally(() => field.failpoints.withdraw());
      await delay(field.sessionMs * 2.5);
      resume(pid);
    },
  },
];
