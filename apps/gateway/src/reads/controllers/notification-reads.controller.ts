import { Controller, Param, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { findNotification, type RowOf } from '@aika/views';
import type { Request } from 'express';
import type { Reply } from '../../commands/reply.interceptor.js';
import { readParams, readQuery } from '../../http/read-input.js';
import { plain } from '../answers-of-rows.js';
import { NotificationAnswer, NotificationsPage } from '../read-answers.js';
import { NotificationParams, NotificationsQuery } from '../read-queries.js';
import { ReadsList, ReadsOne } from '../reads.decorators.js';
import { ViewsReader } from '../views-reader.js';

/** What customers are told, and whether it reached them. */
@ApiTags('notifications')
@Controller('v1/notifications')
export class NotificationReadsController {
  constructor(private readonly views: ViewsReader) {}

  @ReadsList(
    '',
    'listNotifications',
    NotificationsQuery,
    NotificationsPage,
    'What customers are told, and what became of it.',
  )
  list(@Query() query: Request['query'], @Req() request: Request) {
    const filter = readQuery(NotificationsQuery, query);
    const { customer, status, channel, template, sort = 'requested' } = filter;
    const kind = {
      table: 'notifications',
      time: sort === 'updated' ? 'updated_at' : 'requested_at',
      id: 'notification_id',
      filters: { customer_id: customer, status, channel, template },
    } as const;
    return this.views.list(request, filter, kind, (row: RowOf<'notifications'>) => plain<object>(row));
  }

  @ReadsOne(':notificationId', 'getNotification', NotificationParams, NotificationAnswer, 'One of them.')
  get(@Param() params: Request['params'], @Req() request: Request): Promise<Reply> {
    const { notificationId } = readParams(NotificationParams, params);
    return this.views.one(
      request,
      (db) => findNotification(db, notificationId),
      (row) => plain(row),
    );
  }
}
