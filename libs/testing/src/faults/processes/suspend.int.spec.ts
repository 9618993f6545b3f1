import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { isSuspended, resume, resumeAll, suspend, whileSuspended } from './suspend.js';

const TICKER = 'setInterval(() => process.stdout.write("."), 5)';

async function until(what: string, condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`${what}: not within 20 s`);
    await delay(10);
  }
}

describe('a suspended process', () => {
  let child: ChildProcess;
  let pid: number;
  let ticks: number;

  beforeEach(async () => {
    child = spawn(process.execPath, ['-e', TICKER], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    pid = child.pid ?? 0;
    ticks = 0;
    child.stdout?.on('data', () => (ticks += 1));
    await until('a tick', () => ticks > 0);
  });

  afterEach(async () => {
    resumeAll();
    await end();
  });

  async function end(): Promise<void> {
    if (child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }

  it('stands still until it is resumed', async () => {
    await suspend(pid);
    expect(isSuspended(pid)).toBe(true);
    expect(resume(pid)).toBe(true);
    await until('the process to go on', () => !isSuspended(pid));
    const before = ticks;
    await until('more ticks', () => ticks > before);
  });

  it('goes on when the work that wanted it still fails', async () => {
    const failing = whileSuspended(pid, () => {
      expect(isSuspended(pid)).toBe(true);
      return Promise.reject(new Error('the test failed'));
    });
    await expect(failing).rejects.toThrow('the test failed');
    await until('the process to go on', () => !isSuspended(pid));
  });

  it('goes on when whoever froze it is killed with -9', async () => {
    const module = new URL('../../../dist/faults/processes/suspend.js', import.meta.url).href;
    const program = `const { suspend } = await import(${JSON.stringify(module)});
      await suspend(${pid});
      process.stdout.write('frozen');
      setInterval(() => {}, 1000);`;
    const freezer = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    await once(freezer.stdout as NodeJS.ReadableStream, 'data');
    expect(isSuspended(pid)).toBe(true);
    freezer.kill('SIGKILL');
    await until('the process to go on', () => !isSuspended(pid));
  });

  it('is an error when there is none', async () => {
    await end();
    await expect(suspend(pid)).rejects.toThrow('does not run');
  });
});
