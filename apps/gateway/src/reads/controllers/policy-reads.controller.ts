import { Controller, Param, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { findPolicy, policyVersions, type RowOf } from '@aika/views';
import type { Request } from 'express';
import type { Reply } from '../../commands/reply.interceptor.js';
import { readParams, readQuery } from '../../http/read-input.js';
import { policyOf, versionOf } from '../answers-of-rows.js';
import { PoliciesPage, WholePolicyAnswer } from '../read-answers.js';
import { PoliciesQuery, PolicyParams } from '../read-queries.js';
import { ReadsList, ReadsOne } from '../reads.decorators.js';
import { ViewsReader } from '../views-reader.js';

/** Policies. */
@ApiTags('policies')
@Controller('v1/policies')
export class PolicyReadsController {
  constructor(private readonly views: ViewsReader) {}

  @ReadsList('', 'listPolicies', PoliciesQuery, PoliciesPage, 'Policies.')
  list(@Query() query: Request['query'], @Req() request: Request) {
    const filter = readQuery(PoliciesQuery, query);
    const { customer, status, product } = filter;
    const kind = {
      table: 'policies',
      time: 'bound_at',
      id: 'policy_id',
      filters: { customer_id: customer, status, product },
    } as const;
    return this.views.list(request, filter, kind, (row: RowOf<'policies'>) => policyOf(row));
  }

  @ReadsOne(':policyId', 'getPolicy', PolicyParams, WholePolicyAnswer, 'One of them.')
  get(@Param() params: Request['params'], @Req() request: Request): Promise<Reply> {
    const { policyId } = readParams(PolicyParams, params);
    return this.views.one(
      request,
      (db) => findPolicy(db, policyId),
      async (row) => ({
        ...policyOf(row),
        versions: (await policyVersions(this.views.db, policyId)).map(versionOf),
      }),
    );
  }
}
