/**
 * Writes the JSON Schema of every message to docs/schemas, and a golden message of every new version.
 *
 * node libs/contracts/dist/schema/write-schemas.js [--check]
 *
 * Exits with 1, and writes nothing, when a published schema would become narrower; with `--check` also
 * when a file is not what the classes say.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { catalogue } from '../catalogue.js';
import { goldenFiles } from './golden-messages.js';
import type { Files } from './published-schemas.js';
import { reviewSchemas } from './published-schemas.js';

const schemaFolder = new URL('../../../../docs/schemas/', import.meta.url);
const goldenFolder = new URL('../../golden/', import.meta.url);

process.exitCode = run(process.argv.includes('--check'));

function run(isCheck: boolean): number {
  const review = reviewSchemas(catalogue, readFolder(schemaFolder));
  if (review.incompatible.length > 0) {
    console.error('Refused: a published schema may only be widened. Declare a new version instead.');
    for (const problem of review.incompatible) console.error(`  ${problem}`);
    return 1;
  }
  const goldens = goldenFiles(catalogue);
  const newGoldens = [...goldens.keys()].filter((name) => !existsSync(new URL(name, goldenFolder)));
  const stale = [...review.stale, ...newGoldens];
  if (isCheck) {
    for (const name of stale) console.error(`  ${name} is not fresh`);
    return stale.length === 0 ? 0 : 1;
  }
  write(schemaFolder, review.files, review.stale);
  write(goldenFolder, goldens, newGoldens);
  console.log(stale.length === 0 ? 'Schemas are fresh.' : `Wrote ${stale.length} files.`);
  return 0;
}

function readFolder(folder: URL): Files {
  if (!existsSync(folder)) return new Map();
  return new Map(readdirSync(folder).map((name) => [name, readFileSync(new URL(name, folder), 'utf8')]));
}

function write(folder: URL, files: Files, names: readonly string[]): void {
  mkdirSync(folder, { recursive: true });
  for (const name of names) writeFileSync(new URL(name, folder), files.get(name) ?? '');
}
