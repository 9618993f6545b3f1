import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { topicOf } from '@aika/contracts';
import {
  keysetPage,
  type KeysetPosition,
  type KeysetQuery,
  viewPosition,
  type ViewsDatabase,
} from '@aika/views';
import type { Request } from 'express';
import { GatewaySettings } from '../gateway.settings.js';
import { type PageQuery, pageSize, readCursor, writeCursor } from '../http/page.js';
import { readPositionToken } from '../http/position-token.js';
import { ProblemError, rejectViolations } from '../http/problem.js';
import { DATABASE } from '../tokens.js';
import type { Reply } from '../commands/reply.interceptor.js';

const POLL_MS = 15;

/** How a list of this kind is asked for. */
export interface ListQuery extends PageQuery {
  readonly order?: 'newest' | 'oldest';
}

/** Reads the views, as fresh as the caller needs them. */
@Injectable()
export class ViewsReader {
  constructor(
    @Inject(DATABASE) readonly db: ViewsDatabase,
    private readonly settings: GatewaySettings,
  ) {}

  /**
   * Waits until the views know what the caller has written: up to the position in the header `aika-position`, or the
   * one that a link carries.
   *
   * @throws ProblemError `timed-out` when they do not get there in time
   */
  async freshFor(request: Request, linked?: string): Promise<void> {
    const token = linked ?? request.get('aika-position');
    if (token === undefined) return;
    const position = readPositionToken(token);
    const { namespace, maxWaitMs } = this.settings;
    if (position === undefined || !position.topic.startsWith(topicOf(namespace, ''))) {
      const expected = '`aika-position` of an answer of this installation';
      const path = linked === undefined ? 'header aika-position' : '?position';
      rejectViolations([{ path, expected, found: 'another text' }]);
      return;
    }
    const deadline = Date.now() + maxWaitMs;
    for (;;) {
      const next = await viewPosition(this.db, position);
      if (next !== undefined && next > position.offset) return;
      if (Date.now() >= deadline) {
        const detail = `The views have not come to the position within ${maxWaitMs} ms; read again.`;
        throw new ProblemError('timed-out', detail, {}, { headers: { 'retry-after': '1' } });
      }
      await delay(POLL_MS);
    }
  }

  /** A page of a table, each row as `answerOf` says. */
  async list<Row, Answer>(
    request: Request,
    query: ListQuery,
    kind: Pick<KeysetQuery, 'table' | 'time' | 'id' | 'filters' | 'past'>,
    answerOf: (row: Row) => Answer,
  ): Promise<{ readonly items: readonly Answer[]; readonly next?: string }> {
    await this.freshFor(request);
    const { order = 'newest' } = query;
    const list = JSON.stringify([kind.table, kind.time, order, kind.filters, kind.past]);
    const { rows, next } = await keysetPage<Row>(this.db, {
      ...kind,
      order,
      after: readCursor(list, query.cursor, isPosition),
      limit: pageSize(query, this.settings.maxPageSize),
    });
    return { items: rows.map(answerOf), ...(next === undefined ? {} : { next: writeCursor(list, next) }) };
  }

  /**
   * One resource with its entity tag, or 304 when the caller has it as it is.
   *
   * @throws ProblemError `not-found`
   */
  async one<Row extends Tagged>(
    request: Request,
    find: (db: ViewsDatabase) => Promise<Row | undefined>,
    answerOf: (row: Row) => object | Promise<object>,
  ): Promise<Reply> {
    await this.freshFor(request);
    const row = await find(this.db);
    if (row === undefined) throw new ProblemError('not-found', 'There is none of this id.');
    const etag = etagOf(row);
    const headers = { etag, 'cache-control': 'no-cache' };
    if (namesTag(request.get('if-none-match'), etag)) return { status: 304, headers, body: undefined };
    return { status: 200, headers, body: await answerOf(row) };
  }
}

/** What tells a row from what it was before. */
export type Tagged = { readonly revision: number } | { readonly message_id: string };

/** Each event that changes a row adds one to its revision; other rows are of one message. */
export function etagOf(row: Tagged): string {
  return `"${'revision' in row ? row.revision : row.message_id}"`;
}

/** Whether a list of tags, or `*`, has this one; strength makes no difference, as a revision has one form only. */
export function namesTag(header: string | undefined, etag: string): boolean {
  const tags = (header ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes('*') || tags.includes(etag);
}

/** A cursor is made by us and could be changed by anybody: what the database cannot read is none. */
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$/;

/** Ids, and several of them with slashes between. */
function isId(id: unknown): boolean {
  return typeof id === 'string' && /^[\x20-\x7e]{1,400}$/.test(id);
}

function isPosition(value: unknown): value is KeysetPosition {
  const { time, id } = (value ?? {}) as Partial<KeysetPosition>;
  return typeof time === 'string' && MOMENT.test(time) && !Number.isNaN(Date.parse(time)) && isId(id);
}
