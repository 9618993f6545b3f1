import { describe, expect, it } from '@jest/globals';
import { runCommand } from './run-command.js';

const node = (program: string, timeoutMs = 10_000) =>
  runCommand(process.execPath, ['-e', program], { timeoutMs });

describe('running a command', () => {
  it('gives its exit code and both outputs', async () => {
    const result = await node('console.log("out"); console.error("err"); process.exitCode = 3');
    expect(result).toEqual({ code: 3, stdout: 'out\n', stderr: 'err\n', timedOut: false });
  });

  it('has no exit code for a program that is not there', async () => {
    const result = await runCommand('/nowhere/program', [], { timeoutMs: 1_000 });
    expect(result).toMatchObject({ code: null, timedOut: false, stderr: expect.stringContaining('ENOENT') });
  });

  it('ends when it is given up', async () => {
    const giveUp = new AbortController();
    const ended = runCommand(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], {
      timeoutMs: 10_000,
      signal: giveUp.signal,
    });
    giveUp.abort();
    expect(await ended).toMatchObject({ code: null, timedOut: false });
  });

  it('ends in time even when a grandchild holds the output open', async () => {
    const hang = 'require("child_process").spawn("sleep", ["3"], { stdio: "inherit" })';
    const before = Date.now();
    expect(await node(hang, 300)).toMatchObject({ code: null, timedOut: true });
    expect(Date.now() - before).toBeLessThan(2_000);
  });
});
