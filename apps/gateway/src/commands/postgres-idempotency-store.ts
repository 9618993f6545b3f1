import type { ViewsDatabase } from '@aika/views';
import { sql } from 'kysely';
import {
  type Claim,
  type IdempotencyStore,
  KEY_LIFETIME_MS,
  type KeptAnswer,
  type KeyedRequest,
} from './idempotency.js';

/** Beside the views, which can be thrown away: the keys cannot be built again. */
export const GATEWAY_SCHEMA = 'aika_gateway';

/** Keys in PostgreSQL, so that all gateways know them and a restart forgets none. */
export class PostgresIdempotencyStore implements IdempotencyStore {
  private readonly table;
  private prepared: Promise<void> | undefined;

  constructor(
    private readonly db: ViewsDatabase,
    private readonly options: { readonly schema?: string; readonly clock?: () => number } = {},
  ) {
    this.table = sql.id(options.schema ?? GATEWAY_SCHEMA, 'idempotency_keys');
  }

  async claim({ key, digest, messageId }: KeyedRequest): Promise<Claim> {
    await this.ready();
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
    await this.ready();
    await sql`
      with deferred as materialized (select set_config('synchronous_commit', 'off', true))
      update ${this.table} set answer = ${JSON.stringify(answer)} from deferred where key = ${key}`.execute(
      this.db,
    );
  }

  async prune(): Promise<number> {
    await this.ready();
    const { numAffectedRows = 0n } = await sql`
      delete from ${this.table} where claimed_at <= ${this.expiry()}::timestamptz`.execute(this.db);
    return Number(numAffectedRows);
  }

  private ready(): Promise<void> {
    this.prepared ??= this.prepare().catch((error: unknown) => {
      // The next request tries again: the database may have been away.
      this.prepared = undefined;
      throw error;
    });
    return this.prepared;
  }

  /** Answers are text: `jsonb` refuses the character U+0000, which a caller's text may hold. */
  private async prepare(): Promise<void> {
    const schema = this.options.schema ?? GATEWAY_SCHEMA;
    await this.db.transaction().execute(async (transaction) => {
      // `if not exists` of two at once may fail in the catalogue.
      await sql`select pg_advisory_xact_lock(hashtext(${`aika schema ${schema}`}))`.execute(transaction);
      await sql`create schema if not exists ${sql.id(schema)}`.execute(transaction);
      await sql`
        create table if not exists ${this.table} (
          key text primary key,
          digest text not null,
          message_id text not null,
          claimed_at timestamptz not null,
          answer text
        )`.execute(transaction);
      await sql`
        create index if not exists idempotency_keys_claimed on ${this.table} (claimed_at)`.execute(
        transaction,
      );
    });
  }

  private now(): string {
    return new Date((this.options.clock ?? Date.now)()).toISOString();
  }

  private expiry(): string {
    return new Date((this.options.clock ?? Date.now)() - KEY_LIFETIME_MS).toISOString();
  }
}
