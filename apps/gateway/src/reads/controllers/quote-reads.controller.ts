import { Controller, Param, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { findQuote, type RowOf } from '@aika/views';
import type { Request } from 'express';
import type { Reply } from '../../commands/reply.interceptor.js';
import { readParams, readQuery } from '../../http/read-input.js';
import { quoteOf } from '../answers-of-rows.js';
import { QuoteAnswer, QuotesPage } from '../read-answers.js';
import { QuoteParams, QuotesQuery } from '../read-queries.js';
import { ReadsList, ReadsOne } from '../reads.decorators.js';
import { ViewsReader } from '../views-reader.js';

/** Quotes. */
@ApiTags('quotes')
@Controller('v1/quotes')
export class QuoteReadsController {
  constructor(private readonly views: ViewsReader) {}

  @ReadsList('', 'listQuotes', QuotesQuery, QuotesPage, 'Quotes.')
  list(@Query() query: Request['query'], @Req() request: Request) {
    const filter = readQuery(QuotesQuery, query);
    const { customer, status, product } = filter;
    const kind = {
      table: 'quotes',
      time: 'issued_at',
      id: 'quote_id',
      filters: { customer_id: customer, status, product },
    } as const;
    return this.views.list(request, filter, kind, (row: RowOf<'quotes'>) => quoteOf(row));
  }

  @ReadsOne(':quoteId', 'getQuote', QuoteParams, QuoteAnswer, 'One of them.')
  get(@Param() params: Request['params'], @Req() request: Request): Promise<Reply> {
    const { quoteId } = readParams(QuoteParams, params);
    return this.views.one(request, (db) => findQuote(db, quoteId), quoteOf);
  }
}
