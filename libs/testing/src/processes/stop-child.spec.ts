import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { isRunning, stopChild } from './stop-child.js';

/** A program that has begun. */
async function started(program: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [
    '-e',
    `${program}; process.stdout.write('on'); setInterval(() => {}, 1e6)`,
  ]);
  await once(child.stdout, 'data');
  return child;
}

describe('a child that is to stop', () => {
  it('may end by itself', async () => {
    const child = await started(`process.on('SIGTERM', () => process.exit(7))`);
    expect(isRunning(child)).toBe(true);
    await stopChild(child, 30_000);
    expect([child.exitCode, child.signalCode, isRunning(child)]).toEqual([7, null, false]);
    await stopChild(child, 30_000);
  });

  it('is killed when it does not', async () => {
    const child = await started(`process.on('SIGTERM', () => {})`);
    await stopChild(child, 50);
    expect(child.signalCode).toBe('SIGKILL');
  });

  it('never was one where the program is not there', async () => {
    const child = spawn('/no/such/program');
    await once(child, 'error');
    expect(isRunning(child)).toBe(false);
    await stopChild(child, 50);
  });
});
