import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ClockFault } from './clock-fault.js';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** Prints every way to ask for the time, and what must not change with it. */
const PROGRAM = `
class Later extends Date { hello() { return 'later'; } }
setInterval(() => console.log(JSON.stringify({
  now: Date.now(),
  made: new Date().getTime(),
  text: Date.parse(Date()),
  later: new Later().getTime(),
  hello: new Later().hello(),
  given: new Date(0).toISOString(),
  parts: new Date(2020, 0, 2, 3).getTime() === Date.parse('2020-01-02T03:00:00'),
  utc: Date.UTC(2020, 0),
  isDate: new Date() instanceof Date && new Date().constructor === Date,
  name: Date.name,
  monotonic: performance.timeOrigin + performance.now(),
})), 20);`;

interface Times {
  readonly now: number;
  readonly made: number;
  readonly text: number;
  readonly later: number;
  readonly monotonic: number;
}

describe("a child's clock", () => {
  const folder = mkdtempSync(join(tmpdir(), 'aika-clock-'));
  const clock = new ClockFault(folder);
  let child: ChildProcess;
  let lines: AsyncIterator<string>;

  beforeEach(() => {
    clock.reset();
    child = spawn(process.execPath, ['-e', PROGRAM], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, ...clock.env() },
    });
    lines = createInterface({ input: child.stdout as NodeJS.ReadableStream })[Symbol.asyncIterator]();
  });

  afterEach(async () => {
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
    clock.reset();
  });

  async function read(): Promise<Times & Record<string, unknown>> {
    return JSON.parse(((await lines.next()) as { value: string }).value) as Times & Record<string, unknown>;
  }

  /** Minutes by which all four ways to ask are ahead of the monotonic clock. */
  const ahead = ({ now, made, text, later, monotonic }: Times): readonly number[] =>
    [now, made, text, later].map((time) => Math.round((time - monotonic) / MINUTE_MS));

  async function untilAhead(minutes: number): Promise<void> {
    const deadline = performance.now() + 20_000;
    for (;;) {
      const found = ahead(await read());
      if (found.every((one) => one === minutes)) return;
      if (performance.now() > deadline) throw new Error(`ahead by ${found.join(', ')}, not ${minutes}`);
    }
  }

  it('runs as it is until it is shifted, and goes back', async () => {
    await untilAhead(0);
    clock.shift(HOUR_MS);
    await untilAhead(60);
    clock.shift(-HOUR_MS);
    await untilAhead(-60);
    clock.reset();
    await untilAhead(0);
  }, 60_000);

  it('keeps everything else that Date can do', async () => {
    expect(await read()).toMatchObject({
      hello: 'later',
      given: '1970-01-01T00:00:00.000Z',
      parts: true,
      utc: 1_577_836_800_000,
      isDate: true,
      name: 'Date',
    });
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));
});
