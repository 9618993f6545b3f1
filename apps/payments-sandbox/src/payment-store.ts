import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { DEFAULT_REASON, type BehaviourRule } from './behaviour.js';
import type { Payment, PaymentOrder, SettledPayment } from './payment.js';
import { problem, ProblemError } from './problem.js';

/**
 * WAL with synchronous=NORMAL: what was answered survives the end of the process, however abrupt; a power cut
 * may take the last transactions. Real money would want FULL and one fsync per payment.
 */
const SCHEMA = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  PRAGMA busy_timeout = 5000;
  CREATE TABLE IF NOT EXISTS payment (
    idempotency_key TEXT PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('SETTLED', 'REFUSED')),
    claim_id TEXT NOT NULL,
    customer_id TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount > 0),
    currency TEXT NOT NULL,
    provider_reference TEXT UNIQUE,
    reason TEXT,
    decided_at TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS payment_by_claim ON payment (claim_id);
  CREATE INDEX IF NOT EXISTS payment_by_customer ON payment (customer_id);
  CREATE TABLE IF NOT EXISTS behaviour (
    position INTEGER PRIMARY KEY,
    claim_id TEXT,
    customer_id TEXT,
    mode TEXT NOT NULL,
    remaining INTEGER,
    rule TEXT NOT NULL
  ) STRICT;
`;

/** What became of one attempt; `rule` is the behaviour it met, if any. */
export type Attempt =
  | { readonly outcome: 'first' | 'repeat'; readonly payment: Payment; readonly rule?: BehaviourRule }
  | { readonly outcome: 'failed'; readonly rule: BehaviourRule };

export interface LedgerQuery {
  readonly claimId?: string;
  readonly customerId?: string;
  /** How many entries to list, newest first; 0 lists none. */
  readonly limit: number;
}

export interface Ledger {
  /** Distinct settled payments. */
  readonly count: number;
  /** Minor units paid per currency. */
  readonly total: Readonly<Record<string, number>>;
  /** Distinct refused payments. */
  readonly refused: number;
  readonly entries?: readonly SettledPayment[];
}

/** A rule together with how often it will still apply; null when without limit. */
export type StoredRule = BehaviourRule & { readonly remaining: number | null };

interface PaymentRow {
  readonly idempotency_key: string;
  readonly fingerprint: string;
  readonly status: Payment['status'];
  readonly claim_id: string;
  readonly customer_id: string;
  readonly amount: number;
  readonly currency: string;
  readonly provider_reference: string | null;
  readonly reason: string | null;
  readonly decided_at: string;
}

/** Payments and behaviour in one SQLite file; each attempt is one transaction. */
export class PaymentStore {
  private readonly database: DatabaseSync;
  private readonly statements = new Map<string, StatementSync>();

  /** Opens or creates the file and its folder. @throws when the path cannot be written */
  constructor(file: string) {
    mkdirSync(dirname(file), { recursive: true });
    this.database = new DatabaseSync(file);
    this.database.exec(SCHEMA);
  }

  /**
   * Pays, refuses or repeats an order. Behaviour only meets a key's first attempt: what a key was once answered
   * it is answered for ever, and only a 503 leaves the key free.
   * @throws ProblemError IDEMPOTENCY_KEY_REUSED when the key belongs to another body
   */
  attempt(order: PaymentOrder): Attempt {
    return this.transaction(() => {
      const row = this.prepare('SELECT * FROM payment WHERE idempotency_key = ?').get(order.idempotencyKey);
      if (row !== undefined) return repeat(row as unknown as PaymentRow, order);
      const rule = this.takeRule(order);
      if (rule?.mode === 'fail') return { outcome: 'failed', rule };
      return { outcome: 'first', payment: this.decide(order, rule), rule };
    });
  }

  /** Replaces all rules; the first that matches and is not used up applies. */
  replaceRules(rules: readonly BehaviourRule[]): void {
    this.transaction(() => {
      this.prepare('DELETE FROM behaviour').run();
      const insert = this.prepare('INSERT INTO behaviour VALUES (?, ?, ?, ?, ?, ?)');
      rules.forEach((rule, index) => {
        const { claimId = null, customerId = null, mode, times = null } = rule;
        insert.run(index, claimId, customerId, mode, times, JSON.stringify(rule));
      });
    });
  }

  rules(): StoredRule[] {
    const rows = this.prepare('SELECT rule, remaining FROM behaviour ORDER BY position').all();
    return rows.map((row) => ({
      ...(JSON.parse(String(row['rule'])) as BehaviourRule),
      remaining: row['remaining'] as number | null,
    }));
  }

  /** Counts and sums distinct payments, of a claim or a customer if asked for. */
  ledger(query: LedgerQuery): Ledger {
    const { where, values } = filter(query);
    const sums = this.prepare(
      `SELECT status, currency, COUNT(*) AS count, SUM(amount) AS total FROM payment ${where}
       GROUP BY status, currency ORDER BY currency`,
    ).all(...values);
    const countOf = (status: Payment['status']): number =>
      sums.filter((sum) => sum['status'] === status).reduce((all, sum) => all + Number(sum['count']), 0);
    const settled = sums.filter((sum) => sum['status'] === 'SETTLED');
    const total = Object.fromEntries(settled.map((sum) => [String(sum['currency']), Number(sum['total'])]));
    const counts = { count: countOf('SETTLED'), total, refused: countOf('REFUSED') };
    return query.limit === 0 ? counts : { ...counts, entries: this.entries(query) };
  }

  close(): void {
    this.database.close();
  }

  private decide(order: PaymentOrder, rule: BehaviourRule | undefined): Payment {
    const refused = rule?.mode === 'refuse';
    const row: PaymentRow = {
      idempotency_key: order.idempotencyKey,
      fingerprint: order.fingerprint,
      status: refused ? 'REFUSED' : 'SETTLED',
      claim_id: order.claimId,
      customer_id: order.customerId,
      amount: order.amount.amount,
      currency: order.amount.currency,
      provider_reference: refused ? null : `sbx-${randomUUID()}`,
      reason: refused ? (rule.reason ?? DEFAULT_REASON) : null,
      decided_at: new Date().toISOString(),
    };
    this.prepare('INSERT INTO payment VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)').run(...Object.values(row));
    return toPayment(row);
  }

  private takeRule(order: PaymentOrder): BehaviourRule | undefined {
    const row = this.prepare(
      `SELECT position, rule FROM behaviour
       WHERE (claim_id IS NULL OR claim_id = ?) AND (customer_id IS NULL OR customer_id = ?)
         AND (remaining IS NULL OR remaining > 0)
       ORDER BY position LIMIT 1`,
    ).get(order.claimId, order.customerId);
    if (row === undefined) return undefined;
    this.prepare('UPDATE behaviour SET remaining = remaining - 1 WHERE position = ?').run(
      Number(row['position']),
    );
    return JSON.parse(String(row['rule'])) as BehaviourRule;
  }

  private entries(query: LedgerQuery): SettledPayment[] {
    const { where, values } = filter(query, `status = 'SETTLED'`);
    const rows = this.prepare(`SELECT * FROM payment ${where} ORDER BY rowid DESC LIMIT ?`);
    const payments = rows.all(...values, query.limit).map((row) => toPayment(row as unknown as PaymentRow));
    return payments.filter((payment) => payment.status === 'SETTLED');
  }

  private transaction<T>(work: () => T): T {
    this.database.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.database.exec('COMMIT');
      return result;
    } catch (error) {
      this.database.exec('ROLLBACK');
      throw error;
    }
  }

  private prepare(sql: string): StatementSync {
    const known = this.statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.database.prepare(sql);
    this.statements.set(sql, statement);
    return statement;
  }
}

function repeat(row: PaymentRow, order: PaymentOrder): Attempt {
  if (row.fingerprint === order.fingerprint) return { outcome: 'repeat', payment: toPayment(row) };
  const detail = 'the key was first used with another body; a new payment needs a new key';
  throw new ProblemError(problem('IDEMPOTENCY_KEY_REUSED', detail, { idempotencyKey: order.idempotencyKey }));
}

function toPayment(row: PaymentRow): Payment {
  const common = {
    idempotencyKey: row.idempotency_key,
    claimId: row.claim_id,
    customerId: row.customer_id,
  };
  if (row.status === 'REFUSED') return { status: 'REFUSED', ...common, reason: row.reason ?? DEFAULT_REASON };
  return {
    status: 'SETTLED',
    providerReference: row.provider_reference ?? '',
    ...common,
    amount: { amount: row.amount, currency: row.currency },
    settledAt: row.decided_at,
  };
}

function filter(query: LedgerQuery, ...conditions: string[]): { where: string; values: SQLInputValue[] } {
  const values: SQLInputValue[] = [];
  if (query.claimId !== undefined) {
    conditions.push('claim_id = ?');
    values.push(query.claimId);
  }
  if (query.customerId !== undefined) {
    conditions.push('customer_id = ?');
    values.push(query.customerId);
  }
  return { where: conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`, values };
}
