import pg from 'pg';
import type { KeyRecord, KeyStore, LiveKeyRecord } from './key-store.port.js';

/** Apart from the views, which can be thrown away. */
export const KEYS_SCHEMA = 'aika_keys';

interface Row {
  readonly customer_id: string;
  readonly wrapped: string | null;
  readonly erased_at: string | null;
}

export interface PostgresKeyStoreOptions {
  /** Default `KEYS_SCHEMA`; made when it is missing. */
  readonly schema?: string;
  /** Told of connections that broke while they were idle; the pool replaces them. */
  readonly onIdleError?: (error: Error) => void;
}

const CONNECT_MS = 5_000;
const STATEMENT_MS = 5_000;
/** Then the connection counts as lost: the server, which ends statements earlier, cannot be reached. */
const ANSWER_MS = 6_000;
const MAX_CONNECTIONS = 4;

/** Keys in PostgreSQL, 15 or newer. Times are texts: nothing is computed with them. */
export class PostgresKeyStore implements KeyStore {
  private readonly pool: pg.Pool;
  private readonly table: string;
  private prepared: Promise<void> | undefined;
  private ended: Promise<void> | undefined;

  /** @param url `postgres://user:password@host:port/database`; connects at the first question only */
  constructor(
    url: string,
    private readonly options: PostgresKeyStoreOptions = {},
  ) {
    this.pool = new pg.Pool({
      connectionString: url,
      max: MAX_CONNECTIONS,
      connectionTimeoutMillis: CONNECT_MS,
      statement_timeout: STATEMENT_MS,
      query_timeout: ANSWER_MS,
      application_name: 'aika-keys',
      keepAlive: true,
    });
    // Without a listener a database that goes away would end the process.
    this.pool.on('error', (error) => this.options.onIdleError?.(error));
    this.table = `${this.schema}.customer_keys`;
  }

  async find(customerIds: readonly string[]): Promise<ReadonlyMap<string, KeyRecord>> {
    const rows = await this.query(`select * from ${this.table} where customer_id = any($1::text[])`, [
      customerIds,
    ]);
    return new Map(rows.map((row) => [row.customer_id, recordOf(row)]));
  }

  async add(records: readonly LiveKeyRecord[]): Promise<ReadonlyMap<string, KeyRecord>> {
    // In one order everywhere: two processes that add the same customers must not wait for each other.
    const sorted = [...records].sort((a, b) => (a.customerId < b.customerId ? -1 : 1));
    await this.query(
      `insert into ${this.table} (customer_id, wrapped)
       select * from unnest($1::text[], $2::text[]) on conflict (customer_id) do nothing`,
      [sorted.map(({ customerId }) => customerId), sorted.map(({ wrapped }) => wrapped)],
    );
    return this.find(records.map(({ customerId }) => customerId));
  }

  async erase(customerId: string, at: string): Promise<boolean> {
    const rows = await this.query(
      `insert into ${this.table} as known (customer_id, erased_at) values ($1, $2)
       on conflict (customer_id) do update set wrapped = null, erased_at = excluded.erased_at
         where known.erased_at is null
       returning *`,
      [customerId, at],
    );
    return rows.length > 0;
  }

  async rewrap({ customerId, wrapped: from }: LiveKeyRecord, wrapped: string): Promise<boolean> {
    const rows = await this.query(
      `update ${this.table} set wrapped = $3 where customer_id = $1 and wrapped = $2 returning *`,
      [customerId, from, wrapped],
    );
    return rows.length > 0;
  }

  async list({ after = '', limit }: { readonly after?: string; readonly limit: number }) {
    // By bytes, so that the order does not depend on the database's language.
    const rows = await this.query(
      `select * from ${this.table} where customer_id collate "C" > $1 order by customer_id collate "C" limit $2`,
      [after, limit],
    );
    return rows.map(recordOf);
  }

  /** May be called again. */
  async close(): Promise<void> {
    this.ended ??= this.pool.end();
    await this.ended;
  }

  private get schema(): string {
    return pg.escapeIdentifier(this.options.schema ?? KEYS_SCHEMA);
  }

  private async query(text: string, values: readonly unknown[]): Promise<readonly Row[]> {
    await this.ready();
    const { rows } = await this.pool.query<Row>(text, [...values]);
    return rows;
  }

  private ready(): Promise<void> {
    this.prepared ??= this.prepare().catch((error: unknown) => {
      // The next question tries again: the database may have been away.
      this.prepared = undefined;
      throw error;
    });
    return this.prepared;
  }

  /** One statement list is one transaction; `if not exists` of two at once may fail in the catalogue, hence the lock. */
  private async prepare(): Promise<void> {
    const name = pg.escapeLiteral(`aika schema ${this.options.schema ?? KEYS_SCHEMA}`);
    await this.pool.query(`
      select pg_advisory_xact_lock(hashtext(${name}));
      create schema if not exists ${this.schema};
      create table if not exists ${this.table} (
        customer_id text primary key,
        wrapped text,
        made_at timestamptz not null default now(),
        erased_at text,
        check ((wrapped is null) <> (erased_at is null))
      )`);
  }
}

function recordOf({ customer_id: customerId, wrapped, erased_at: erasedAt }: Row): KeyRecord {
  if (wrapped !== null) return { customerId, status: 'live', wrapped };
  return { customerId, status: 'erased', erasedAt: erasedAt ?? '' };
}
