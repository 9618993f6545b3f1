import { describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { prepareStatements } from './prepared-statements.js';

/** Answers every statement, or refuses those that are prepared. */
class Server {
  readonly asked: unknown[] = [];
  refusal: string | undefined;

  readonly query = (asked: unknown): Promise<unknown> => {
    this.asked.push(typeof asked === 'string' ? asked : { ...(asked as object) });
    const isRefused = typeof asked === 'object' && this.refusal !== undefined;
    return isRefused
      ? Promise.reject(Object.assign(new Error(), { code: this.refusal }))
      : Promise.resolve('rows');
  };
}

function connected(server: Server) {
  const client = { query: server.query } as unknown as pg.PoolClient;
  prepareStatements(client);
  return (text: string, values?: unknown[]) => client.query(text, values);
}

describe('statements that come again', () => {
  it('have one name for each text, whatever their values, if they read', async () => {
    const server = new Server();
    const ask = connected(server);
    await ask('select a from t where id = $1', ['1']);
    await ask('select a from t where id = $1', ['2']);
    await ask('select b from t', []);
    await ask('update t set a = $1', ['1']);
    await ask('commit');
    const [first, second, other, ...rest] = server.asked as { name: string }[];
    expect(first).toEqual({ name: expect.any(String), text: 'select a from t where id = $1', values: ['1'] });
    expect([second?.name, other?.name === first?.name]).toEqual([first?.name, false]);
    expect(rest).toEqual(['update t set a = $1', 'commit']);
  });

  it('are asked as they are once a migration has changed the table behind one', async () => {
    const server = new Server();
    server.refusal = '0A000';
    const ask = connected(server);
    expect(await ask('select c from t', [])).toBe('rows');
    await ask('select c from t', []);
    expect(server.asked.slice(1)).toEqual(['select c from t', 'select c from t']);
  });

  it('fail as they would without a name', async () => {
    const server = new Server();
    server.refusal = '57014';
    await expect(connected(server)('select d from t', [])).rejects.toMatchObject({ code: '57014' });
  });
});
