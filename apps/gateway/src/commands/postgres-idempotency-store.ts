import type { ViewsDatabase } from '@aika/views';
import { sql } from 'kysely';
import { GATEWAY_SCHEMA, GatewayTables } from '../database/gateway-tables.js';
import {
  type Claim,
  type IdempotencyStore,
  KEY_LIFETIME_MS,
  type KeptAnswer,
  type KeyedRequest,
} from './idempotency.js';

/** Keys in PostgreSQL, so that all gateways know them and a restart forgets none. */
export class PostgresIdempotencyStore implements IdempotencyStore {
  private readonly table;
  private readonly tables;

  constructor(
    private readonly db: ViewsDatabase,
    private readonly options: { readonly schema?: string; readonly clock?: () => number } = {},
  ) {
    const { schema = GATEWAY_SCHEMA } = options;
    this.table = sql.id(schema, 'idempotency_keys');
    this.tables = new GatewayTables(db, schema, (transaction) => this.makeTable(transaction));
  }

  async claim({ key, digest, messageId }: KeyedRequest): Promise<Claim> {
    await this.tables.ready();
    const now = this.now();
    // One statement: of many who want the key at once, one gets it.
    const { rows } = await sql`
      insert into ${this.table} as known (key, digest, message_id, claimed_at)
      values (${key}, ${digest}, ${messageId}, ${now}::timestamptz)
      on conflict (key) do update
        set digest = excluded.digest, message_id = excluded.message_id, claimed_at = excluded.claimed_at,
            answer = null
        where known.claimed_at <= ${this.expiry()}::timestamptz
      returning key`.execute(this.db);
    if (rows.length > 0) return { kind: 'first' };
    const found = await sql<{ digest: string; answer: string | null }>`
      select digest, answer from ${this.table} where key = ${key}`.execute(this.db);
    const [known] = found.rows;
    if (known === undefined) return this.claim({ key, digest, messageId });
    if (known.digest !== digest) return { kind: 'other' };
    if (known.answer === null) return { kind: 'unfinished' };
    return { kind: 'answered', answer: JSON.parse(known.answer) as KeptAnswer };
  }

  /**
   * Does not wait for the disk, as the claim did: after a crash of the server the request may count as unfinished, and
   * its repeat is sent again under the same message id, which agents handle once.
   */
  async keep(key: string, answer: KeptAnswer): Promise<void> {
    await this.tables.ready();
    await sql`
      with deferred as materialized (select set_config('synchronous_commit', 'off', true))
      update ${this.table} set answer = ${JSON.stringify(answer)} from deferred where key = ${key}`.execute(
      this.db,
    );
  }

  async prune(): Promise<number> {
    await this.tables.ready();
    const { numAffectedRows = 0n } = await sql`
      delete from ${this.table} where claimed_at <= ${this.expiry()}::timestamptz`.execute(this.db);
    return Number(numAffectedRows);
  }

  /** Answers are text: `jsonb` refuses the character U+0000, which a caller's text may hold. */
  private async makeTable(transaction: ViewsDatabase): Promise<void> {
    await sql`
      create table if not exists ${this.table} (
        key text primary key,
        digest text not null,
        message_id text not null,
        claimed_at timestamptz not null,
        answer text
      )`.execute(transaction);
    await sql`
      create index if not exists idempotency_keys_claimed on ${this.table} (claimed_at)`.execute(transaction);
  }

  private now(): string {
    return new Date((this.options.clock ?? Date.now)()).toISOString();
  }

  private expiry(): string {
    return new Date((this.options.clock ?? Date.now)() - KEY_LIFETIME_MS).toISOString();
  }
}
