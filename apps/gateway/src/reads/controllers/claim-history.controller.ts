import { Controller, Param, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type ClaimEvent, claimDecider } from '@aika/domain';
import { claimEvents } from '@aika/views';
import type { Request } from 'express';
import { ProblemError } from '../../http/problem.js';
import { readParams, readQuery } from '../../http/read-input.js';
import { ApiPathOf } from '../../openapi/parameters.js';
import { ApiProblems } from '../../openapi/problem-responses.js';
import { historyOf } from '../answers-of-rows.js';
import { ClaimHistoryAnswer } from '../history-answers.js';
import { ClaimParams, HistoryQuery } from '../read-queries.js';
import { ReadsList } from '../reads.decorators.js';
import { ViewsReader } from '../views-reader.js';

/** More events than any claim has; an answer without a bound could be any size. */
const MAX_EVENTS = 1_000;

/** What a claim was at a time. */
@ApiTags('claims')
@Controller('v1/claims')
export class ClaimHistoryController {
  constructor(private readonly views: ViewsReader) {}

  @ReadsList(
    ':claimId/history',
    'getClaimHistory',
    HistoryQuery,
    ClaimHistoryAnswer,
    'What happened to a claim, up to a time.',
  )
  @ApiPathOf(ClaimParams, ':claimId')
  @ApiProblems('not-found')
  async history(
    @Param() params: Request['params'],
    @Query() query: Request['query'],
    @Req() request: Request,
  ) {
    const { claimId } = readParams(ClaimParams, params);
    const { asOf } = readQuery(HistoryQuery, query);
    await this.views.freshFor(request);
    const events = await claimEvents(this.views.db, claimId, { asOf, limit: MAX_EVENTS });
    if (events.length === 0) throw new ProblemError('not-found', 'There was no such claim by then.');
    const state = events.reduce(
      (known, { type, payload }) =>
        claimDecider.evolve(known, { type, data: payload } as unknown as ClaimEvent),
      claimDecider.initialState,
    );
    return {
      claimId,
      ...(asOf === undefined ? {} : { asOf }),
      status: state.status,
      events: events.map(historyOf),
    };
  }
}
