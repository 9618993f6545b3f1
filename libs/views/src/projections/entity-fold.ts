import type { Selectable } from 'kysely';
import type { FoldedColumns } from '../tables/columns.js';
import type { ViewTables } from '../tables/view-tables.js';
import { byOrder, type Rule, type ViewEvent } from './view-event.js';

/** Tables whose rows are the fold of an entity's events. */
export type FoldedTable = {
  [T in keyof ViewTables]: ViewTables[T] extends FoldedColumns ? T : never;
}[keyof ViewTables];

/** Column that names the entity, in its own table and in `events`. */
export type EntityKey =
  'customer_id' | 'claim_id' | 'policy_id' | 'quote_id' | 'conversation_id' | 'notification_id';

type Own<Row> = Omit<Row, keyof FoldedColumns>;

/** Rows beside the entity's own, one for each event that has one. */
export interface DetailRows<Row> {
  readonly table: keyof ViewTables;
  readonly keys: readonly string[];
  of(row: Row, event: ViewEvent): object | undefined;
}

export interface FoldSpec<Row> {
  readonly table: FoldedTable;
  readonly key: EntityKey;
  /** An entity is born once: these come before its other events, whatever the time of the log says. */
  readonly births?: readonly Rule<Own<Row>, undefined>[];
  /** Events that make the row if it is not there, and change it if it is. */
  readonly either?: readonly Rule<Own<Row>, Row | undefined>[];
  /** What has no row yet is left as it is. */
  readonly changes?: readonly Rule<Partial<Own<Row>>, Row>[];
  readonly details?: DetailRows<Row>;
}

export type FoldedRow = FoldedColumns & Readonly<Record<string, unknown>>;

/** What became of an entity. */
export interface Folded {
  readonly row: FoldedRow | undefined;
  readonly details: readonly object[];
}

/** The pure part of a view of entities: a row and its next events give the row after them. */
export interface EntityFold {
  readonly table: FoldedTable;
  readonly key: EntityKey;
  readonly types: ReadonlySet<string>;
  readonly details: { readonly table: keyof ViewTables; readonly keys: readonly string[] } | undefined;
  /** Whether an event can make a row. */
  makes(type: string): boolean;
  /**
   * True when the row cannot be carried on with these events: one of them belongs before what was folded already,
   * or there may be earlier ones that found no row. All of the entity's events are then folded anew.
   */
  needsHistory(row: FoldedRow | undefined, events: readonly ViewEvent[]): boolean;
  fold(row: FoldedRow | undefined, events: readonly ViewEvent[]): Folded;
}

export function defineFold<T extends FoldedTable>(
  spec: FoldSpec<Selectable<ViewTables[T]>> & { readonly table: T },
): EntityFold {
  const births = byType(spec.births);
  const either = byType(spec.either);
  const changes = byType(spec.changes);
  const makes = (type: string): boolean => births.has(type) || either.has(type);

  function apply(row: FoldedRow | undefined, event: ViewEvent): FoldedRow | undefined {
    const birth = births.get(event.type);
    // Born once: whatever says so again says nothing.
    if (birth) return row ?? merged(undefined, run(birth, event, undefined), event);
    const rule = either.get(event.type) ?? (row && changes.get(event.type));
    return rule ? merged(row, run(rule, event, row), event) : row;
  }

  return {
    table: spec.table,
    key: spec.key,
    types: new Set([...births.keys(), ...either.keys(), ...changes.keys()]),
    details: spec.details,
    makes,
    needsHistory(row, events) {
      if (!row) return changes.size > 0 && events.some(({ type }) => makes(type));
      return events.some(({ type, orderKey }) => births.has(type) || orderKey < row.order_key);
    },
    fold(before, events) {
      let row = before;
      const details: object[] = [];
      const bornFirst = (event: ViewEvent): number => (births.has(event.type) ? 0 : 1);
      for (const event of [...events].sort((a, b) => bornFirst(a) - bornFirst(b) || byOrder(a, b))) {
        const after = apply(row, event);
        const detail = after && after !== row && spec.details?.of(after as never, event);
        if (detail) details.push(detail);
        row = after;
      }
      return { row, details };
    },
  };
}

type AnyRule = Rule<object, never>;

function byType(rules: readonly Rule<object, never>[] = []): ReadonlyMap<string, AnyRule> {
  return new Map(rules.map((rule) => [rule.type, rule]));
}

function run(rule: AnyRule, event: ViewEvent, row: FoldedRow | undefined): object {
  return rule.apply(event.payload as never, event, row as never);
}

function merged(row: FoldedRow | undefined, own: object, event: ViewEvent): FoldedRow {
  const { occurredAt, orderKey } = event;
  return {
    ...row,
    ...own,
    updated_at: occurredAt,
    revision: (row?.revision ?? 0) + 1,
    order_key: row && row.order_key > orderKey ? row.order_key : orderKey,
  };
}
