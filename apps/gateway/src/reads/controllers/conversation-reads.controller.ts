import { Controller, Param, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { findConversation, type RowOf } from '@aika/views';
import type { Request } from 'express';
import type { Reply } from '../../commands/reply.interceptor.js';
import { readParams, readQuery } from '../../http/read-input.js';
import { plain } from '../answers-of-rows.js';
import { ConversationAnswer, ConversationsPage } from '../read-answers.js';
import { ConversationParams, ConversationsQuery } from '../read-queries.js';
import { ReadsList, ReadsOne } from '../reads.decorators.js';
import { ViewsReader } from '../views-reader.js';

/** Conversations. */
@ApiTags('conversations')
@Controller('v1/conversations')
export class ConversationReadsController {
  constructor(private readonly views: ViewsReader) {}

  @ReadsList('', 'listConversations', ConversationsQuery, ConversationsPage, 'Conversations.')
  list(@Query() query: Request['query'], @Req() request: Request) {
    const filter = readQuery(ConversationsQuery, query);
    const { customer, status } = filter;
    const kind = {
      table: 'conversations',
      time: 'opened_at',
      id: 'conversation_id',
      filters: { customer_id: customer, status },
    } as const;
    return this.views.list(request, filter, kind, (row: RowOf<'conversations'>) => plain<object>(row));
  }

  @ReadsOne(':conversationId', 'getConversation', ConversationParams, ConversationAnswer, 'One of them.')
  get(@Param() params: Request['params'], @Req() request: Request): Promise<Reply> {
    const { conversationId } = readParams(ConversationParams, params);
    return this.views.one(
      request,
      (db) => findConversation(db, conversationId),
      (row) => plain(row),
    );
  }
}
