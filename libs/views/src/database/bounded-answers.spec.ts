import { describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { boundAnswers, DatabaseSilent } from './bounded-answers.js';

/** Answers `select 1`, refuses `select x`, and says nothing to anything else until it is ended. */
function connected(timeoutMs: number) {
  let end = (): void => undefined;
  const ended = new Promise<never>((_, reject) => {
    end = () => reject(new Error('Connection terminated'));
  });
  ended.catch(() => undefined);
  const asked: string[] = [];
  const client = {
    query: async (text: string) => {
      asked.push(text);
      if (text === 'select 1') return 'rows';
      if (text === 'select x') throw Object.assign(new Error('no x'), { code: '42703' });
      return ended;
    },
    end: async () => end(),
  } as unknown as pg.PoolClient;
  boundAnswers(client, timeoutMs);
  return { client, asked };
}

describe('a connection whose answers are waited for so long only', () => {
  it('gives answers and errors as they come, and is not given up later', async () => {
    const { client } = connected(20);
    expect(await client.query('select 1')).toBe('rows');
    await expect(client.query('select x')).rejects.toMatchObject({ code: '42703' });
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect(await client.query('select 1')).toBe('rows');
  });

  it('fails and ends when the answer is late, and asks nothing more', async () => {
    const { client, asked } = connected(20);
    const late = client.query('select 2');
    await expect(late).rejects.toBeInstanceOf(DatabaseSilent);
    await expect(late).rejects.toMatchObject({ code: 'ETIMEDOUT', retriable: true });
    await expect(client.query('rollback')).rejects.toBeInstanceOf(DatabaseSilent);
    expect(asked).toEqual(['select 2']);
  });
});
