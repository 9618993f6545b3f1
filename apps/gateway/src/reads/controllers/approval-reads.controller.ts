import { Controller, Param, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { claimAnswers, findReferral, type RowOf } from '@aika/views';
import type { Request } from 'express';
import type { Reply } from '../../commands/reply.interceptor.js';
import { readParams, readQuery } from '../../http/read-input.js';
import { approvalOf, informationOf } from '../answers-of-rows.js';
import { ApprovalsPage, WholeApprovalAnswer } from '../approval-answers.js';
import { ApprovalsQuery, ClaimParams } from '../read-queries.js';
import { ReadsList, ReadsOne } from '../reads.decorators.js';
import { ViewsReader } from '../views-reader.js';

/** Claims that people were asked to decide. */
@ApiTags('approvals')
@Controller('v1/approvals')
export class ApprovalReadsController {
  constructor(private readonly views: ViewsReader) {}

  @ReadsList('', 'listApprovals', ApprovalsQuery, ApprovalsPage, 'Claims that people were asked to decide.')
  list(@Query() query: Request['query'], @Req() request: Request) {
    const filter = readQuery(ApprovalsQuery, query);
    const { customer, status, kind: asked, authority, overdue } = filter;
    const kind = {
      table: 'referred_claims',
      time: 'referred_at',
      id: 'claim_id',
      filters: { customer_id: customer, status, kind: asked, required_authority: authority },
      past: overdue === undefined ? undefined : { column: 'due_at', has: overdue },
    } as const;
    return this.views.list(request, filter, kind, (row: RowOf<'referred_claims'>) => approvalOf(row));
  }

  @ReadsOne(':claimId', 'getApproval', ClaimParams, WholeApprovalAnswer, 'One of them.')
  get(@Param() params: Request['params'], @Req() request: Request): Promise<Reply> {
    const { claimId } = readParams(ClaimParams, params);
    return this.views.one(
      request,
      (db) => findReferral(db, claimId),
      async (row) => {
        const answers = await claimAnswers(this.views.db, claimId);
        return { ...approvalOf(row), answers: answers.map(informationOf) };
      },
    );
  }
}
