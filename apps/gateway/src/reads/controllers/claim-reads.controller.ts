import { Controller, Param, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { claimPayments, findClaim, type RowOf } from '@aika/views';
import type { Request } from 'express';
import type { Reply } from '../../commands/reply.interceptor.js';
import { readParams, readQuery } from '../../http/read-input.js';
import { claimOf, paymentOf } from '../answers-of-rows.js';
import { ClaimsPage, WholeClaimAnswer } from '../read-answers.js';
import { ClaimParams, ClaimsQuery } from '../read-queries.js';
import { ReadsList, ReadsOne } from '../reads.decorators.js';
import { ViewsReader } from '../views-reader.js';

/** Claims. */
@ApiTags('claims')
@Controller('v1/claims')
export class ClaimReadsController {
  constructor(private readonly views: ViewsReader) {}

  @ReadsList('', 'listClaims', ClaimsQuery, ClaimsPage, 'Claims.')
  list(@Query() query: Request['query'], @Req() request: Request) {
    const filter = readQuery(ClaimsQuery, query);
    const { customer, status, policy } = filter;
    const kind = {
      table: 'claims',
      time: 'filed_at',
      id: 'claim_id',
      filters: { customer_id: customer, status, policy_id: policy },
    } as const;
    return this.views.list(request, filter, kind, (row: RowOf<'claims'>) => claimOf(row));
  }

  @ReadsOne(':claimId', 'getClaim', ClaimParams, WholeClaimAnswer, 'One of them.')
  get(@Param() params: Request['params'], @Req() request: Request): Promise<Reply> {
    const { claimId } = readParams(ClaimParams, params);
    return this.views.one(
      request,
      (db) => findClaim(db, claimId),
      async (row) => ({
        ...claimOf(row),
        payments: (await claimPayments(this.views.db, claimId)).map(paymentOf),
      }),
    );
  }
}
