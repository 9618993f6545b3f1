import { Controller, Param, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { findCustomer, type RowOf } from '@aika/views';
import type { Request } from 'express';
import type { Reply } from '../../commands/reply.interceptor.js';
import { readParams, readQuery } from '../../http/read-input.js';
import { customerOf } from '../answers-of-rows.js';
import { CustomerAnswer, CustomersPage } from '../read-answers.js';
import { CustomerParams, ListQuery } from '../read-queries.js';
import { ReadsList, ReadsOne } from '../reads.decorators.js';
import { ViewsReader } from '../views-reader.js';

/** Customers, the last changed first. */
@ApiTags('customers')
@Controller('v1/customers')
export class CustomerReadsController {
  constructor(private readonly views: ViewsReader) {}

  @ReadsList('', 'listCustomers', ListQuery, CustomersPage, 'Customers, the last changed first.')
  list(@Query() query: Request['query'], @Req() request: Request) {
    const filter = readQuery(ListQuery, query);

    const kind = { table: 'customers', time: 'updated_at', id: 'customer_id', filters: {} } as const;
    return this.views.list(request, filter, kind, (row: RowOf<'customers'>) => customerOf(row));
  }

  @ReadsOne(':customerId', 'getCustomer', CustomerParams, CustomerAnswer, 'One of them.')
  get(@Param() params: Request['params'], @Req() request: Request): Promise<Reply> {
    const { customerId } = readParams(CustomerParams, params);
    return this.views.one(request, (db) => findCustomer(db, customerId), customerOf);
  }
}
