import { Controller, Param, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  PolicyBound,
  PolicyCancelled,
  PolicyEndorsed,
  PolicyLapsed,
  PolicyReinstated,
  PolicyRenewed,
  PolicyTookEffect,
} from '@aika/contracts';
import { coverAt, policyDecider, type PolicyEvent, type PolicyState } from '@aika/domain';
import { policyEvents, policyVersions, type RowOf } from '@aika/views';
import type { Request } from 'express';
import { ProblemError } from '../../http/problem.js';
import { readParams, readQuery } from '../../http/read-input.js';
import { ApiPathOf } from '../../openapi/parameters.js';
import { ApiProblems } from '../../openapi/problem-responses.js';
import { historyOf, versionOf } from '../answers-of-rows.js';
import { PolicyHistoryAnswer } from '../history-answers.js';
import { HistoryQuery, PolicyParams } from '../read-queries.js';
import { ReadsList } from '../reads.decorators.js';
import { ViewsReader } from '../views-reader.js';

/** A fleet's policy may see many claims; an answer without a bound could be any size. */
const MAX_EVENTS = 1_000;

/** What a policy was at a time. */
@ApiTags('policies')
@Controller('v1/policies')
export class PolicyHistoryController {
  constructor(private readonly views: ViewsReader) {}

  @ReadsList(
    ':policyId/history',
    'getPolicyHistory',
    HistoryQuery,
    PolicyHistoryAnswer,
    'What was agreed by a time, and which version holds then.',
  )
  @ApiPathOf(PolicyParams, ':policyId')
  @ApiProblems('not-found')
  async history(
    @Param() params: Request['params'],
    @Query() query: Request['query'],
    @Req() request: Request,
  ) {
    const { policyId } = readParams(PolicyParams, params);
    const { asOf } = readQuery(HistoryQuery, query);
    await this.views.freshFor(request);
    const { db } = this.views;
    const events = await policyEvents(db, policyId, { asOf, limit: MAX_EVENTS });
    const state = stateAfter(events);
    if (state.status === 'none') throw new ProblemError('not-found', 'There was no such policy by then.');
    const agreed = new Set(events.map(({ message_id }) => message_id));
    const versions = (await policyVersions(db, policyId)).filter(({ message_id }) => agreed.has(message_id));
    const cover = coverAt(state.policy, asOf ?? new Date().toISOString());
    return {
      policyId,
      ...(asOf === undefined ? {} : { asOf }),
      status: state.status,
      ...(cover === undefined ? {} : { versionInForce: cover.version.version }),
      versions: versions.map(versionOf),
      events: events.map(historyOf),
    };
  }
}

function stateAfter(events: readonly RowOf<'events'>[]): PolicyState {
  return events.reduce(
    (known, { type, payload }) =>
      OF_POLICIES.has(type)
        ? policyDecider.evolve(known, { type, data: payload } as unknown as PolicyEvent)
        : known,
    policyDecider.initialState,
  );
}

/** Claims and quotes name the policy too. */
const OF_POLICIES: ReadonlySet<string> = new Set(
  [
    PolicyBound,
    PolicyTookEffect,
    PolicyEndorsed,
    PolicyRenewed,
    PolicyCancelled,
    PolicyLapsed,
    PolicyReinstated,
  ].map(({ type }) => type),
);
