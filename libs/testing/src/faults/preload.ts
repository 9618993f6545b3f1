import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { repositoryRoot } from '../repository.js';

/**
 * NODE_OPTIONS that load a module of this folder into a child process before its program. Always the built
 * file: under jest this code runs from TypeScript, which a plain node cannot.
 * @param file path within `faults`, such as `clock/clock.preload.js`
 * @param before NODE_OPTIONS that the child has anyway
 */
export function preloadOption(file: string, before = ''): string {
  const url = pathToFileURL(join(repositoryRoot(), 'libs', 'testing', 'dist', 'faults', file));
  return `${before} --import ${url.href}`.trim();
}
