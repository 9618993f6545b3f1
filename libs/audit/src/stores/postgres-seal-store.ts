import pg from 'pg';
import { readSeal, type Seal, sealHash, writeSeal } from '../seal/seal.js';
import { AuditError } from '../audit-error.js';
import { conflict, hasToBeWritten } from './follows.js';
import type { SealStore, StoredSeal } from './seal-store.port.js';

const TABLE = `
  create schema if not exists aika_audit;
  create table if not exists aika_audit.seals (
    topic text not null,
    partition integer not null,
    sequence bigint not null,
    hash text not null,
    seal text not null,
    written_at timestamptz not null default now(),
    primary key (topic, partition, sequence)
  )`;
/** Two programs that make the schema at once would fail each other. */
const LOCK = 'select pg_advisory_xact_lock(4611686018427387)';

const CONNECT_MS = 5_000;
const STATEMENT_MS = 5_000;
/** Then the connection counts as lost: the server, which ends statements earlier, cannot be reached. */
const ANSWER_MS = 7_000;

interface Row {
  readonly sequence: string;
  readonly hash: string;
  readonly seal: string;
}

/** Seals in a table of PostgreSQL. The sealer's user needs INSERT and SELECT, and nothing else once the table is there. */
export class PostgresSealStore implements SealStore {
  private readonly pool: pg.Pool;
  private prepared: Promise<void> | undefined;

  /** @param url `postgres://user:password@host:port/database`; connects when it is first used */
  constructor(url: string) {
    this.pool = new pg.Pool({
      connectionString: url,
      max: 2,
      connectionTimeoutMillis: CONNECT_MS,
      statement_timeout: STATEMENT_MS,
      query_timeout: ANSWER_MS,
      keepAlive: true,
    });
    // An idle connection that breaks is made anew at the next use.
    this.pool.on('error', () => undefined);
  }

  async append(seal: Seal): Promise<void> {
    const { topic, partition, sequence } = seal;
    const last = await this.last(topic, partition);
    if (!hasToBeWritten(seal, last)) return;
    const written = await this.query(
      `insert into aika_audit.seals (topic, partition, sequence, hash, seal) values ($1, $2, $3, $4, $5)
       on conflict do nothing returning sequence`,
      [topic, partition, sequence, sealHash(seal), writeSeal(seal)],
    );
    if (written.length > 0) return;
    // Somebody else was faster: with the same seal that is as good.
    const [found] = await this.query(
      'select sequence, hash, seal from aika_audit.seals where topic = $1 and partition = $2 and sequence = $3',
      [topic, partition, sequence],
    );
    if (found?.hash !== sealHash(seal)) throw conflict(seal, last);
  }

  async last(topic: string, partition: number): Promise<Seal | undefined> {
    const [row] = await this.query(
      `select sequence, hash, seal from aika_audit.seals where topic = $1 and partition = $2
       order by sequence desc limit 1`,
      [topic, partition],
    );
    if (row === undefined) return undefined;
    const seal = readSeal(row.seal);
    if (seal) return seal;
    throw new AuditError('STORE_DAMAGED', `Row ${row.sequence} of ${topic}/${partition} is no seal.`);
  }

  async all(topic: string, partition: number): Promise<readonly StoredSeal[]> {
    const rows = await this.query(
      'select sequence, hash, seal from aika_audit.seals where topic = $1 and partition = $2 order by sequence',
      [topic, partition],
    );
    return rows.map(({ sequence, seal }) => ({ position: `row ${sequence}`, text: seal }));
  }

  async close(): Promise<void> {
    await this.pool.end();
  }

  private async query(text: string, values: readonly unknown[]): Promise<readonly Row[]> {
    this.prepared ??= this.prepare().catch((error: unknown) => {
      this.prepared = undefined;
      throw error;
    });
    await this.prepared;
    return (await this.pool.query<Row>(text, [...values])).rows;
  }

  /** Makes the table where it is missing: a user without the right to do so needs it made before. */
  private async prepare(): Promise<void> {
    const { rows } = await this.pool.query<{ there: boolean }>(
      `select to_regclass('aika_audit.seals') is not null as there`,
    );
    if (rows[0]?.there === true) return;
    // One statement list is one transaction.
    await this.pool.query(`${LOCK};${TABLE}`);
  }
}
