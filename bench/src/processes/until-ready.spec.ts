import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { BenchProcess } from './bench-process.js';
import { untilReady } from './until-ready.js';

const folder = mkdtempSync(join(tmpdir(), 'aika-bench-'));
let running: BenchProcess | undefined;
afterEach(() => running?.stop());
afterAll(() => rmSync(folder, { recursive: true }));

/** A program of which `notice` says where it listens. */
function start(notice: string): BenchProcess {
  const program = `
    const server = require('node:http').createServer((request, response) => {
      response.statusCode = request.url === '/ready' ? 200 : 404;
      response.end();
    });
    server.listen(0, () => { const { port } = server.address(); process.send(${notice}); });`;
  const logFile = join(folder, 'log');
  return (running = BenchProcess.start({
    ...{ name: 'listener', program: process.execPath, args: ['-e', program], env: { NODE_OPTIONS: '' } },
    logFile,
  }));
}

describe('a program that is measured', () => {
  it.each(["{ type: 'started', url: `http://0.0.0.0:${port}` }", '{ ready: true, port }'])(
    'takes a port of its own and tells it as %s',
    async (notice) => {
      const url = await untilReady(start(notice), '/ready', 10_000);
      expect(url).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]\d+$/);
      expect((await fetch(`${url}/ready`)).status).toBe(200);
    },
  );

  it('is not waited for when it ends before it has told, and its log is shown', async () => {
    const ended = untilReady(start('nothing'), '/ready', 10_000);
    await expect(ended).rejects.toThrow(/listener ended[^]*nothing is not defined/);
  });
});
