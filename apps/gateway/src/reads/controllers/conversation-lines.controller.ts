import { Controller, Param, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { SealedRows } from '@aika/personal-data';
import { conversationMessages, findConversation } from '@aika/views';
import type { Request } from 'express';
import { tellWhose } from '../../audit/personal-data.js';
import { GatewaySettings } from '../../gateway.settings.js';
import { PageQuery, pageSize, readCursor, writeCursor } from '../../http/page.js';
import { ProblemError } from '../../http/problem.js';
import { readParams, readQuery } from '../../http/read-input.js';
import { ApiPathOf } from '../../openapi/parameters.js';
import { ApiProblems } from '../../openapi/problem-responses.js';
import { lineOf } from '../answers-of-rows.js';
import { ConversationLinesAnswer } from '../read-answers.js';
import { ConversationParams } from '../read-queries.js';
import { ReadsList } from '../reads.decorators.js';
import { ViewsReader } from '../views-reader.js';

/** What was said in a conversation. */
@ApiTags('conversations')
@Controller('v1/conversations')
export class ConversationLinesController {
  constructor(
    private readonly views: ViewsReader,
    private readonly settings: GatewaySettings,
    private readonly sealed: SealedRows,
  ) {}

  @ReadsList(
    ':conversationId/messages',
    'listConversationMessages',
    PageQuery,
    ConversationLinesAnswer,
    'What was said, in order.',
  )
  @ApiPathOf(ConversationParams, ':conversationId')
  @ApiProblems('not-found')
  async list(@Param() params: Request['params'], @Query() query: Request['query'], @Req() request: Request) {
    const { conversationId } = readParams(ConversationParams, params);
    const page = readQuery(PageQuery, query);
    await this.views.freshFor(request);
    const { db } = this.views;
    if (!(await findConversation(db, conversationId))) {
      throw new ProblemError('not-found', 'There is no such conversation.');
    }
    const list = `messages of ${conversationId}`;
    const after = readCursor(list, page.cursor, isSequence) ?? 0;
    const limit = pageSize(page, this.settings.maxPageSize);
    const rows = await conversationMessages(db, conversationId, after, limit + 1);
    const items = await this.sealed.open(rows.slice(0, limit), ['text']);
    tellWhose(
      request,
      items.map(({ customer_id }) => customer_id),
    );
    const last = items.at(-1);
    const isMore = rows.length > limit && last !== undefined;
    return { items: items.map(lineOf), ...(isMore ? { next: writeCursor(list, last.sequence) } : {}) };
  }
}

function isSequence(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 2 ** 31;
}
