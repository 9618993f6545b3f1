/** Pinned Python packages in a venv of this clone: `.aika/venv`. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { capture, ROOT } from './setup.mjs';

export const PYTHON_HOME = join(ROOT, '.aika', 'venv');

/** The venv's own interpreter; there once `ensurePython` has made it. */
export function pythonBinary() {
  return process.platform === 'win32'
    ? join(PYTHON_HOME, 'Scripts', 'python.exe')
    : join(PYTHON_HOME, 'bin', 'python');
}

/**
 * Installs what a file of `tools/python` names. pip itself knows what is already there: a repeat takes half a second.
 * @returns the last command's `{ code, output }`
 */
export async function ensurePython(requirements) {
  if ((await capture(pythonBinary(), ['-m', 'pip', '--version'])).code !== 0) {
    rmSync(PYTHON_HOME, { recursive: true, force: true });
    const made = await capture(process.platform === 'win32' ? 'python' : 'python3', [
      '-m',
      'venv',
      PYTHON_HOME,
    ]);
    if (made.code !== 0) return made;
  }
  const file = join(ROOT, 'tools', 'python', requirements);
  const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', file];
  return capture(pythonBinary(), install);
}

/** `[major, minor]` of the venv's Python. */
export async function pythonVersion() {
  const { output } = await capture(pythonBinary(), [
    '-c',
    'import sys; print(sys.version_info[0], sys.version_info[1])',
  ]);
  return output.trim().split(' ').map(Number);
}
