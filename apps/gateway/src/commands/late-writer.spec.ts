import { describe, expect, it } from '@jest/globals';
import { LogError, type MessageLog, type RecordWriter } from '@aika/messaging';
import { createInMemoryBroker } from '@aika/messaging/in-memory';
import { withLateWriters } from './late-writer.js';

const RECORD = { topic: 'gw.commands', partition: 0, key: 'k', value: 'v', headers: {} };

/** A log whose first writers cannot be opened. */
function awayFor(tries: number): { readonly log: MessageLog; readonly opened: () => number } {
  const log = createInMemoryBroker({ topics: 1 }).connect('test');
  let opened = 0;
  const createWriter = (): Promise<RecordWriter> => {
    opened += 1;
    if (opened <= tries) return Promise.reject(new LogError('UNAVAILABLE', 'no broker answers', true));
    return log.createWriter();
  };
  const away = new Proxy(log, {
    get: (target, name) => {
      const value = Reflect.get(target, name) as unknown;
      if (name === 'createWriter') return createWriter;
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
  return { log: away, opened: () => opened };
}

describe('a writer that is opened late', () => {
  it('opens nothing until something is written, and then once for all', async () => {
    const { log, opened } = awayFor(0);
    const writer = await withLateWriters(log).createWriter();
    expect(opened()).toBe(0);
    await Promise.all([writer.send([RECORD]), writer.send([RECORD])]);
    expect(opened()).toBe(1);
    await writer.close();
  });

  it('fails what is written while the log is away, and writes again when it is back', async () => {
    const { log, opened } = awayFor(2);
    const writer = await withLateWriters(log).createWriter();
    await expect(writer.send([RECORD])).rejects.toMatchObject({ code: 'UNAVAILABLE', retriable: true });
    await expect(writer.send([RECORD])).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(await writer.send([RECORD])).toHaveLength(1);
    expect(opened()).toBe(3);
    await writer.close();
  });

  it('closes without ever having been opened', async () => {
    const { log, opened } = awayFor(9);
    const writer = await withLateWriters(log).createWriter();
    await writer.close();
    expect(opened()).toBe(0);
    await expect(writer.send([RECORD])).rejects.toMatchObject({ code: 'CLOSED' });
  });

  it('leaves the rest of the log as it is', async () => {
    const { log } = awayFor(0);
    expect(await withLateWriters(log).partitionCount('gw.commands')).toBe(1);
  });
});
