import { Controller, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { RowOf } from '@aika/views';
import type { Request } from 'express';
import { readQuery } from '../http/read-input.js';
import { plain } from '../reads/answers-of-rows.js';
import { ParkedKeysQuery } from '../reads/read-queries.js';
import { ReadsList } from '../reads/reads.decorators.js';
import { ViewsReader } from '../reads/views-reader.js';
import { ParkedKeysPage } from './parked-key-answers.js';

/** Customers whose messages wait. */
@ApiTags('operation')
@Controller('v1/parked-keys')
export class ParkedKeysController {
  constructor(private readonly views: ViewsReader) {}

  @ReadsList(
    '',
    'listParkedKeys',
    ParkedKeysQuery,
    ParkedKeysPage,
    'Customers whose messages wait behind one that fails: the 100 oldest of each instance.',
  )
  list(@Query() query: Request['query'], @Req() request: Request) {
    const filter = readQuery(ParkedKeysQuery, query);
    const { customer, agent, code } = filter;
    const kind = {
      table: 'parked_keys',
      time: 'since',
      id: 'parked_key_id',
      filters: { customer_id: customer, agent_id: agent, code },
    } as const;
    return this.views.list(request, filter, kind, (row: RowOf<'parked_keys'>) => plain<object>(row));
  }
}
