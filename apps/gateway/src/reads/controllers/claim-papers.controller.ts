import { Controller, Param, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { claimPapers, findClaim } from '@aika/views';
import type { Request } from 'express';
import { ProblemError } from '../../http/problem.js';
import { readParams, readQuery } from '../../http/read-input.js';
import { ApiPathOf } from '../../openapi/parameters.js';
import { ApiProblems } from '../../openapi/problem-responses.js';
import { paperOf } from '../claim-papers.js';
import { ClaimPapersAnswer } from '../history-answers.js';
import { ClaimParams, HistoryQuery } from '../read-queries.js';
import { ReadsList } from '../reads.decorators.js';
import { ViewsReader } from '../views-reader.js';

/** More messages than any claim has; an answer without a bound could be any size. */
const MAX_PAPERS = 1_000;

/** The file of a claim. */
@ApiTags('claims')
@Controller('v1/claims')
export class ClaimPapersController {
  constructor(private readonly views: ViewsReader) {}

  @ReadsList(
    ':claimId/papers',
    'getClaimPapers',
    HistoryQuery,
    ClaimPapersAnswer,
    'Everything about a claim in order: notice, checks, reserve, decisions with every reason, payments, what the customer was told.',
  )
  @ApiPathOf(ClaimParams, ':claimId')
  @ApiProblems('not-found')
  async papers(
    @Param() params: Request['params'],
    @Query() query: Request['query'],
    @Req() request: Request,
  ): Promise<ClaimPapersAnswer> {
    const { claimId } = readParams(ClaimParams, params);
    const { asOf } = readQuery(HistoryQuery, query);
    await this.views.freshFor(request);
    const { db } = this.views;
    const claim = await findClaim(db, claimId);
    const bounds = { asOf, limit: MAX_PAPERS };
    const papers = claim ? await claimPapers(db, { claimId, customerId: claim.customer_id }, bounds) : [];
    if (papers.length === 0) throw new ProblemError('not-found', 'There was no such claim by then.');
    return { claimId, ...(asOf === undefined ? {} : { asOf }), papers: papers.map(paperOf) };
  }
}
