import type pg from 'pg';

/** The server is frozen, or the way to it is gone without a word. What was asked for may have been done. */
export class DatabaseSilent extends Error {
  override readonly name = 'DatabaseSilent';
  /** Node's, of a connection that is lost like this. */
  readonly code = 'ETIMEDOUT';
  readonly retriable = true;

  constructor(timeoutMs: number) {
    super(`The database did not answer within ${timeoutMs} ms.`);
  }
}

/**
 * From now on a statement whose answer takes longer fails with `DatabaseSilent`, and with it the connection, which would
 * wait for ever: the server's own timeout does not reach a client that it cannot reach.
 */
export function boundAnswers(client: pg.PoolClient, timeoutMs: number): void {
  const ask = client.query.bind(client) as (query: unknown, values?: unknown[]) => Promise<unknown>;
  let isSilent = false;
  const giveUp = (): void => {
    isSilent = true;
    // With a statement under way it ends at once; the pool takes no connection back that has ended.
    void (client as unknown as pg.Client).end().catch(() => undefined);
  };
  const query = async (text: unknown, values?: unknown[]): Promise<unknown> => {
    // Such as the end of the transaction whose statement was not answered.
    if (isSilent) throw new DatabaseSilent(timeoutMs);
    const bound = setTimeout(giveUp, timeoutMs);
    try {
      return await ask(text, values);
    } catch (error) {
      throw isSilent ? new DatabaseSilent(timeoutMs) : error;
    } finally {
      clearTimeout(bound);
    }
  };
  Object.assign(client, { query });
}
