import { sql } from 'kysely';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  compareTable,
  holdPositions,
  type RowTable,
  swapTables,
  type TableComparison,
  type ViewName,
  VIEWS,
} from '@aika/views';
import { SCHEMAS, type ShadowOptions, ShadowViews } from './shadow-views.js';

/** Records that may be left when the projector is held up for the rest. */
const SMALL_REST = 1000;
const ROUNDS = 20;
const SWAP_ATTEMPTS = 10;
const LOCK_NOT_AVAILABLE = '55P03';

export interface RebuildReport {
  readonly views: readonly ViewName[];
  /** Records that were folded. */
  readonly records: number;
}

export interface CheckReport {
  readonly isSame: boolean;
  readonly records: number;
  readonly tables: readonly TableComparison[];
}

export function tablesOfViews(views: readonly ViewName[]): readonly RowTable[] {
  return views.flatMap((view): readonly RowTable[] => VIEWS[view]);
}

/**
 * Builds views beside the live ones, which go on meanwhile, and puts them in their place in one transaction. Where
 * the live ones were read from another log, all of them are built up to the end of this one.
 */
export async function rebuildViews(
  views: readonly ViewName[],
  options: ShadowOptions,
): Promise<RebuildReport> {
  const shadow = await ShadowViews.create(options);
  try {
    const isOtherLog = (await shadow.liveTarget()) === undefined;
    const chosen = isOtherLog ? (Object.keys(VIEWS) as ViewName[]) : views;
    let records = await comeClose(shadow);
    for (let attempt = 1; ; attempt++) {
      try {
        records += await swap(shadow, chosen);
        return { views: chosen, records };
      } catch (error) {
        // A reader that holds a table for long must not make all the others wait behind the swap.
        if ((error as { code?: string }).code !== LOCK_NOT_AVAILABLE || attempt === SWAP_ATTEMPTS)
          throw error;
        await sleep(attempt * 200);
      }
    }
  } finally {
    await shadow.close();
  }
}

/**
 * Folds the events anew and holds every row of the live views against what came of it. Changes nothing; the projector
 * waits while the tables are compared.
 */
export async function checkViews(
  views: readonly ViewName[],
  options: ShadowOptions & { readonly limit: number },
): Promise<CheckReport> {
  const shadow = await ShadowViews.create(options);
  try {
    let records = await comeClose(shadow);
    const tables = await shadow.live.transaction().execute(async (holding) => {
      await holdPositions(holding, SCHEMAS);
      const target = await shadow.liveTarget(holding);
      records += await shadow.catchUp(target ?? new Map<string, number>());
      if (target) await shadow.carryOver();
      return compare(views, options.limit, holding);
    });
    return { isSame: tables.every(({ differences }) => differences === 0), records, tables };
  } finally {
    await shadow.close();
  }
}

async function compare(
  views: readonly ViewName[],
  limit: number,
  holding: Parameters<typeof compareTable>[0],
): Promise<readonly TableComparison[]> {
  const comparisons: TableComparison[] = [];
  for (const table of tablesOfViews(views)) {
    comparisons.push(await compareTable(holding, SCHEMAS, table, limit));
  }
  return comparisons;
}

/** Follows the live views until little is left. @returns the number of records */
async function comeClose(shadow: ShadowViews): Promise<number> {
  // Most of it now, while nobody waits for it.
  if (await shadow.liveTarget()) await shadow.carryOver();
  let records = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const done = await shadow.catchUp((await shadow.liveTarget()) ?? (await shadow.logTarget()));
    records += done;
    if (done < SMALL_REST) return records;
  }
  return records;
}

async function swap(shadow: ShadowViews, views: readonly ViewName[]): Promise<number> {
  const isAll = views.length === Object.keys(VIEWS).length;
  return shadow.live.transaction().execute(async (transaction) => {
    await sql`set local lock_timeout = '2s'`.execute(transaction);
    await holdPositions(transaction, SCHEMAS);
    const target = await shadow.liveTarget(transaction);
    const records = await shadow.catchUp(target ?? (await shadow.logTarget()));
    if (target) await shadow.carryOver();
    const tables = [...tablesOfViews(views), ...(isAll ? (['positions'] as const) : [])];
    await swapTables(transaction, SCHEMAS, tables);
    return records;
  });
}
