import { hash } from 'node:crypto';
import { fields } from '@aika/contracts';
import { rejectViolations } from './problem.js';

/** Entries on a page when the caller says nothing. */
export const DEFAULT_PAGE_SIZE = 50;
/** Most that may be asked for; an installation may give fewer. */
export const MAX_PAGE_SIZE = 1_000;

/** What every list takes. */
export class PageQuery {
  @fields.Int({
    min: 1,
    max: MAX_PAGE_SIZE,
    optional: true,
    description: `Entries on the page, ${DEFAULT_PAGE_SIZE} without it; an installation may give fewer.`,
  })
  readonly limit?: number;
  @fields.Text({
    optional: true,
    max: 4000,
    pattern: /^[A-Za-z0-9_-]+$/,
    description: 'Where the page begins: `next` of the page before. Not to be made or changed by callers.',
  })
  readonly cursor?: string;
}

/** What every list answers beside its entries. */
export class PageAnswer {
  @fields.Text({ optional: true, max: 4000, description: '`cursor` of the next page; none on the last.' })
  readonly next?: string;
}

export function pageSize({ limit = DEFAULT_PAGE_SIZE }: PageQuery, most: number): number {
  return Math.min(limit, most);
}

/** @param list what the pages are of: the list with its filters and order, as a text of any length */
export function writeCursor(list: string, position: unknown): string {
  return Buffer.from(JSON.stringify([markOf(list), position])).toString('base64url');
}

/**
 * A place in one list means nothing in another, and with other filters it would leave rows out.
 * @throws ProblemError `invalid-request` for what is no cursor of this list
 */
export function readCursor<T>(
  list: string,
  cursor: string | undefined,
  isPosition: (value: unknown) => value is T,
): T | undefined {
  if (cursor === undefined) return undefined;
  const read = parsed(cursor);
  const [mark, position] = Array.isArray(read) ? (read as readonly unknown[]) : [];
  if (mark === markOf(list) && isPosition(position)) return position;
  const expected = '`next` of a page of this list, with the same filters and order';
  rejectViolations([{ path: '?cursor', expected, found: 'another text' }]);
  return undefined;
}

function markOf(list: string): string {
  return hash('sha256', list, 'base64url').slice(0, 8);
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Of what takes no parameters. */
export class NoQuery {}
