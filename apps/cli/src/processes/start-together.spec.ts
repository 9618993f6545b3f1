import { describe, expect, it } from '@jest/globals';
import { startTogether, stopOneByOne } from './start-together.js';

const part = (name: string, stopped: string[], fails = false) => ({
  name,
  stop: async () => {
    stopped.push(name);
    if (fails) throw new Error(`${name} does not stop`);
  },
});

describe('parts that start at the same time', () => {
  it('are given in their order', async () => {
    const [a, b] = await startTogether([Promise.resolve(part('a', [])), Promise.resolve(part('b', []))]);
    expect([a.name, b.name]).toEqual(['a', 'b']);
  });

  it('are stopped, also those that come up later, when one of them fails', async () => {
    const stopped: string[] = [];
    const late = new Promise<ReturnType<typeof part>>((resolve) => {
      setTimeout(() => resolve(part('late', stopped)), 20);
    });
    const starts = [Promise.reject(new Error('port taken')), late, Promise.resolve(part('c', stopped))];
    await expect(startTogether(starts)).rejects.toThrow('port taken');
    expect(stopped).toEqual(['late', 'c']);
  });
});

describe('parts that stop one by one', () => {
  it('stop in order, and all of them although one fails', async () => {
    const stopped: string[] = [];
    const parts = [part('a', stopped), part('b', stopped, true), part('c', stopped)];
    await expect(stopOneByOne(parts)).rejects.toThrow('b does not stop');
    expect(stopped).toEqual(['a', 'b', 'c']);
  });
});
