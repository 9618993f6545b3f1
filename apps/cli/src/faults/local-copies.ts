import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type FaultField, type Instance, nameOf } from './fault-field.js';

/** Folders of an instance's local copies of state, one a partition. */
export function copiesOf(field: FaultField, instance: Instance): readonly string[] {
  return pathsIn(field.world.stateDir)
    .flatMap((cluster) => pathsIn(cluster))
    .flatMap((group) => pathsIn(join(group, nameOf(instance))));
}

/** What is in a folder; nothing where there is none. */
export function pathsIn(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
}
