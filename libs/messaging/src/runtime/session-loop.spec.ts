import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { pause } from '../timing.js';
import { silentLogger } from './runtime-logger.js';
import { SessionLoop } from './session-loop.js';

/** Sessions that fail as often as said, and then last until they are woken. */
function world(errors: readonly Error[]) {
  const left = [...errors];
  const warn = jest.fn();
  const begun: number[] = [];
  let wake = (): void => undefined;
  const loop: SessionLoop = new SessionLoop({
    logger: { ...silentLogger, warn },
    failed: 'it waits',
    wake: () => wake(),
    session: async () => {
      begun.push(performance.now());
      const error = left.shift();
      if (error) throw error;
      await new Promise<void>((resolve) => (wake = resolve));
    },
  });
  return { loop, warn, begun };
}

let running: SessionLoop | undefined;
afterEach(() => running?.stop());

const until = async (check: () => boolean): Promise<void> => {
  while (!check()) await pause(5);
};

describe('a loop of sessions', () => {
  it('begins anew after failures, each wait longer, and says why it does not run', async () => {
    const away = Object.assign(new Error('away'), { code: 'ECONNREFUSED' });
    const { loop, warn, begun } = world([away, away]);
    running = loop;
    loop.start();
    loop.start();
    await until(() => begun.length === 3);
    expect((begun[1] ?? 0) - (begun[0] ?? 0)).toBeGreaterThanOrEqual(99);
    expect((begun[2] ?? 0) - (begun[1] ?? 0)).toBeGreaterThanOrEqual(199);
    expect(loop.standing(false)).toEqual({ state: 'STARTING', reason: 'ECONNREFUSED' });
    expect(loop.standing(true)).toEqual({ state: 'RUNNING' });
    expect(warn).toHaveBeenLastCalledWith('it waits', {
      reason: 'ECONNREFUSED',
      message: undefined,
      failures: 2,
    });
  });

  it('counts from one again after a success', async () => {
    const { loop, warn, begun } = world([new Error('first'), new TypeError('second')]);
    running = loop;
    loop.start();
    await until(() => begun.length === 1);
    loop.succeeded();
    await until(() => begun.length === 3);
    expect(warn).toHaveBeenLastCalledWith('it waits', expect.objectContaining({ failures: 1 }));
    expect(loop.standing(false)).toMatchObject({ reason: 'TypeError' });
  });

  it('tells the message of errors of the log, and not of others', async () => {
    const known = Object.assign(new Error('no leader'), { code: 'UNAVAILABLE', retriable: true });
    const { loop, warn, begun } = world([known]);
    running = loop;
    loop.start();
    await until(() => begun.length === 2);
    expect(warn).toHaveBeenCalledWith('it waits', expect.objectContaining({ message: 'no leader' }));
  });

  it('stops a session that waits, and a wait between two', async () => {
    const waiting = world([]);
    waiting.loop.start();
    await waiting.loop.stop();
    expect(waiting.loop.standing(true)).toEqual({ state: 'STOPPED' });
    expect(waiting.begun).toHaveLength(1);

    const failing = world([new Error('one')]);
    failing.loop.start();
    await until(() => failing.warn.mock.calls.length === 1);
    await failing.loop.stop();
    expect(failing.begun).toHaveLength(1);
  });
});
