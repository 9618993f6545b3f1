import { Controller, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type RowOf } from '@aika/views';
import type { Request } from 'express';

import { readQuery } from '../../http/read-input.js';
import { plain } from '../answers-of-rows.js';
import { NotificationsPage } from '../read-answers.js';
import { NotificationsQuery } from '../read-queries.js';
import { ReadsList } from '../reads.decorators.js';
import { ViewsReader } from '../views-reader.js';

/** What customers are told. */
@ApiTags('notifications')
@Controller('v1/notifications')
export class NotificationReadsController {
  constructor(private readonly views: ViewsReader) {}

  @ReadsList('', 'listNotifications', NotificationsQuery, NotificationsPage, 'What customers are told.')
  list(@Query() query: Request['query'], @Req() request: Request) {
    const filter = readQuery(NotificationsQuery, query);
    const { customer } = filter;
    const kind = {
      table: 'notifications',
      time: 'requested_at',
      id: 'notification_id',
      filters: { customer_id: customer },
    } as const;
    return this.views.list(request, filter, kind, (row: RowOf<'notifications'>) => plain<object>(row));
  }
}
