import type { AuthorityByCurrency } from '@aika/contracts';
import type { ViewsDatabase } from '@aika/views';
import { sql } from 'kysely';
import { GATEWAY_SCHEMA, GatewayTables } from '../../database/gateway-tables.js';
import { isRole } from '../principal.js';
import type { ApiKeyRecord, ApiKeyStore } from './api-key.js';

interface Row {
  readonly id: string;
  readonly secret_hash: string;
  readonly subject: string;
  readonly roles: readonly string[];
  readonly customer_id: string | null;
  readonly authority: string;
  readonly rate_limit: number | null;
  readonly created_at: string;
  readonly expires_at: string | null;
  readonly revoked_at: string | null;
  readonly replaced_by: string | null;
}

/** Keys in PostgreSQL, beside the views, which can be thrown away. Times are texts: they are compared as such. */
export class PostgresApiKeyStore implements ApiKeyStore {
  private readonly table;
  private readonly tables;

  constructor(
    private readonly db: ViewsDatabase,
    { schema = GATEWAY_SCHEMA }: { readonly schema?: string } = {},
  ) {
    this.table = sql.id(schema, 'api_keys');
    this.tables = new GatewayTables(db, schema, (transaction) => this.makeTable(transaction));
  }

  async add(record: ApiKeyRecord): Promise<void> {
    await this.tables.ready();
    await this.insert(this.db, record);
  }

  async find(id: string): Promise<ApiKeyRecord | undefined> {
    await this.tables.ready();
    const { rows } = await sql<Row>`select * from ${this.table} where id = ${id}`.execute(this.db);
    return rows[0] && recordOf(rows[0]);
  }

  async list(): Promise<readonly ApiKeyRecord[]> {
    await this.tables.ready();
    const { rows } = await sql<Row>`select * from ${this.table} order by created_at desc, id`.execute(
      this.db,
    );
    return rows.map(recordOf);
  }

  async revoke(id: string, at: string): Promise<boolean> {
    await this.tables.ready();
    const { numAffectedRows = 0n } = await sql`
      update ${this.table} set revoked_at = ${at} where id = ${id} and revoked_at is null`.execute(this.db);
    return numAffectedRows > 0n;
  }

  async replace(id: string, successor: ApiKeyRecord, endsAt: string): Promise<boolean> {
    await this.tables.ready();
    return this.db.transaction().execute(async (transaction) => {
      // Of two who rotate at once, one finds it replaced.
      const { numAffectedRows = 0n } = await sql`
        update ${this.table}
        set replaced_by = ${successor.id}, expires_at = least(coalesce(expires_at, ${endsAt}), ${endsAt})
        where id = ${id} and revoked_at is null and replaced_by is null`.execute(transaction);
      if (numAffectedRows === 0n) return false;
      await this.insert(transaction, successor);
      return true;
    });
  }

  private async insert(db: ViewsDatabase, record: ApiKeyRecord): Promise<void> {
    const { id, secretHash, subject, roles, customerId = null, authority, rateLimit = null } = record;
    const { createdAt, expiresAt = null } = record;
    await sql`
      insert into ${this.table}
        (id, secret_hash, subject, roles, customer_id, authority, rate_limit, created_at, expires_at)
      values (${id}, ${secretHash}, ${subject}, ${[...roles]}::text[], ${customerId}, ${JSON.stringify(authority)},
        ${rateLimit}, ${createdAt}, ${expiresAt})`.execute(db);
  }

  private async makeTable(transaction: ViewsDatabase): Promise<void> {
    await sql`
      create table if not exists ${this.table} (
        id text primary key,
        secret_hash text not null,
        subject text not null,
        roles text[] not null,
        customer_id text,
        authority text not null,
        rate_limit integer,
        created_at text not null,
        expires_at text,
        revoked_at text,
        replaced_by text
      )`.execute(transaction);
  }
}

function recordOf(row: Row): ApiKeyRecord {
  return {
    id: row.id,
    secretHash: row.secret_hash,
    subject: row.subject,
    roles: row.roles.filter(isRole),
    authority: JSON.parse(row.authority) as AuthorityByCurrency,
    createdAt: row.created_at,
    ...(row.customer_id === null ? {} : { customerId: row.customer_id }),
    ...(row.rate_limit === null ? {} : { rateLimit: row.rate_limit }),
    ...(row.expires_at === null ? {} : { expiresAt: row.expires_at }),
    ...(row.revoked_at === null ? {} : { revokedAt: row.revoked_at }),
    ...(row.replaced_by === null ? {} : { replacedBy: row.replaced_by }),
  };
}
