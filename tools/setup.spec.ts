import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const WRAPPER = join(import.meta.dirname, 'fixtures', 'wrapper.mjs');

interface Run {
  readonly child: ChildProcess;
  /** Lines of stdout so far. */
  readonly lines: string[];
  readonly errors: string[];
}

/** Starts the wrapper, optionally under a shell as npm does. */
function start(args: string[], { shell = false, env = {} } = {}): Run {
  const command = [process.execPath, WRAPPER, ...args];
  // With a second command the shell stays in between; with one it would become the wrapper itself.
  const [file = '', ...rest] = shell ? ['/bin/sh', '-c', `${command.join(' ')}; true`] : command;
  const child = spawn(file, rest, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const run: Run = { child, lines: [], errors: [] };
  child.stdout.setEncoding('utf8').on('data', (text: string) => run.lines.push(...text.trim().split('\n')));
  child.stderr.setEncoding('utf8').on('data', (text: string) => run.errors.push(text));
  return run;
}

/** Exit code once both streams are closed, which is when nobody behind the wrapper is left either. */
async function end(run: Run): Promise<number | null> {
  const [code] = (await once(run.child, 'close')) as [number | null];
  return code;
}

async function firstLine(run: Run): Promise<{ args: string[]; node: string; marked: boolean }> {
  while (run.lines.length === 0) await once(run.child.stdout ?? run.child, 'data');
  return JSON.parse(run.lines[0] ?? '') as { args: string[]; node: string; marked: boolean };
}

describe('a program run on the locked Node', () => {
  it('gets its arguments, and its exit code is kept', async () => {
    const run = start(['exit', '3', '--json', 'a b']);
    const code = await end(run);
    const { args, node, marked } = await firstLine(run);
    expect({ code, args }).toEqual({ code: 3, args: ['exit', '3', '--json', 'a b'] });
    expect(node).toMatch(/^v24\./);
    expect(marked).toBe(false);
  });

  it('killed by a signal, ends with 128 and its number', async () => {
    expect(await end(start(['die']))).toBe(137);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'gets %s once, even when npm repeats it, and ends itself',
    async (signal) => {
      const run = start(['wait']);
      await firstLine(run);
      run.child.kill(signal);
      setTimeout(() => run.child.kill(signal), 100);
      expect(await end(run)).toBe(0);
      expect(run.lines.slice(1)).toEqual([signal]);
    },
  );

  it('ends as on SIGTERM when the process that started it is killed', async () => {
    const run = start(['wait']);
    await firstLine(run);
    run.child.kill('SIGKILL');
    await end(run);
    expect(run.lines.slice(1)).toEqual(['SIGTERM']);
  });

  it("ends as on SIGTERM when npm's shell takes the signal and dies", async () => {
    const run = start(['wait'], { shell: true });
    await firstLine(run);
    run.child.kill('SIGTERM');
    await end(run);
    expect(run.lines.slice(1)).toEqual(['SIGTERM']);
  });
});

describe('set-up', () => {
  it('refuses a Node that is too old, saying what to install', async () => {
    const run = start(['exit', '0'], { env: { PRETENDED_NODE: '20.18.3' } });
    expect(await end(run)).toBe(1);
    expect(run.errors.join('')).toMatch(/needs Node 20\.19 or newer, this is 20\.18\.3/);
    expect(run.lines).toEqual([]);
  });

  it('accepts the oldest Node that it names', async () => {
    expect(await end(start(['exit', '0'], { env: { PRETENDED_NODE: '20.19.0' } }))).toBe(0);
  });
});
