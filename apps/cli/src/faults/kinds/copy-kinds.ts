import { cpSync, renameSync, rmSync, statSync, truncateSync } from 'node:fs';
import type { AgentApp } from '../../processes/agent-fleet.js';
import type { FaultField } from '../fault-field.js';
import type { Draws, FaultKind } from '../fault-kind.js';
import { copiesOf, pathsIn } from '../local-copies.js';

const APPS: readonly AgentApp[] = ['claims-agent', 'policy-agent', 'risk-agent'];

/** kill -9, something happens to its copies, and it starts again. */
async function killedWith(
  field: FaultField,
  draws: Draws,
  damage: (copy: string, copies: readonly string[]) => void,
): Promise<void> {
  const instance = { app: draws.pick(APPS), number: draws.upTo(2) };
  await field.kill(instance);
  const copies = copiesOf(field, instance);
  for (const copy of copies) damage(copy, copies);
  field.start(instance);
}

/** Cuts every file of a copy down to a part of it. */
function truncate(copy: string, draws: Draws): void {
  for (const file of pathsIn(copy)) truncateSync(file, Math.floor(statSync(file).size * draws.next()));
}

/** Local copies of state that are gone, damaged, or another's. */
export const COPY_KINDS: readonly FaultKind[] = [
  {
    name: 'copy-deleted',
    about: 'kill -9 of an instance, whose local copies are deleted before it starts again',
    strike: (field, draws) => killedWith(field, draws, (copy) => rmSync(copy, { recursive: true })),
  },
  {
    name: 'copy-truncated',
    about: 'kill -9 of an instance, whose local copies are cut short before it starts again',
    strike: (field, draws) => killedWith(field, draws, (copy) => truncate(copy, draws)),
  },
  {
    name: 'copy-of-another-topic',
    about: "kill -9 of an instance, which finds another agent's copies in the place of its own",
    strike: async (field, draws) => {
      const instance = { app: 'claims-agent', number: draws.upTo(2) } as const;
      const other = { app: 'policy-agent', number: instance.number } as const;
      await Promise.all([field.kill(instance), field.kill(other)]);
      const own = copiesOf(field, instance);
      copiesOf(field, other).forEach((copy, n) => {
        const place = own[n];
        if (place === undefined) return;
        rmSync(place, { recursive: true });
        cpSync(copy, place, { recursive: true });
      });
      for (const one of [instance, other]) field.start(one);
    },
  },
  {
    name: 'copy-older',
    about: 'kill -9 of an instance, which finds its local copies as they were some time ago',
    strike: async (field, draws) => {
      const instance = { app: draws.pick(APPS), number: draws.upTo(2) };
      await field.kill(instance);
      const kept = copiesOf(field, instance).map((copy) => [copy, `${copy}.kept`] as const);
      for (const [copy, place] of kept) cpSync(copy, place, { recursive: true });
      field.start(instance);
      await field.ready(instance);
      await field.kill(instance);
      for (const [copy, place] of kept) {
        rmSync(copy, { recursive: true, force: true });
        renameSync(place, copy);
      }
      field.start(instance);
    },
  },
];
