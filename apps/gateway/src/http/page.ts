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

export function writeCursor(position: unknown): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** @throws ProblemError `invalid-request` for what is no cursor of this list */
export function readCursor<T>(
  cursor: string | undefined,
  isPosition: (value: unknown) => value is T,
): T | undefined {
  if (cursor === undefined) return undefined;
  const position = parsed(cursor);
  if (isPosition(position)) return position;
  rejectViolations([{ path: '?cursor', expected: '`next` of a page of this list', found: 'another text' }]);
  return undefined;
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
