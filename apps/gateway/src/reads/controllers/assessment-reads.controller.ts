import { Controller, Param, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { findAssessment, type RowOf } from '@aika/views';
import type { Request } from 'express';
import type { Reply } from '../../commands/reply.interceptor.js';
import { readParams, readQuery } from '../../http/read-input.js';
import { plain } from '../answers-of-rows.js';
import { AssessmentAnswer, AssessmentsPage } from '../assessment-answers.js';
import { AssessmentParams, AssessmentsQuery } from '../read-queries.js';
import { ReadsList, ReadsOne } from '../reads.decorators.js';
import { ViewsReader } from '../views-reader.js';

/** Risk assessments of customers. */
@ApiTags('assessments')
@Controller('v1/assessments')
export class AssessmentReadsController {
  constructor(private readonly views: ViewsReader) {}

  @ReadsList('', 'listAssessments', AssessmentsQuery, AssessmentsPage, 'Risk assessments of customers.')
  list(@Query() query: Request['query'], @Req() request: Request) {
    const filter = readQuery(AssessmentsQuery, query);
    const { customer, product, purpose } = filter;
    const kind = {
      table: 'assessments',
      time: 'assessed_at',
      id: 'assessment_id',
      filters: { customer_id: customer, product, purpose },
    } as const;
    return this.views.list(request, filter, kind, (row: RowOf<'assessments'>) => plain<object>(row));
  }

  @ReadsOne(
    ':assessmentId',
    'getAssessment',
    AssessmentParams,
    AssessmentAnswer,
    'One of them, with what raised and lowered the score.',
  )
  get(@Param() params: Request['params'], @Req() request: Request): Promise<Reply> {
    const { assessmentId } = readParams(AssessmentParams, params);
    return this.views.one(
      request,
      (db) => findAssessment(db, assessmentId),
      (row) => plain(row),
    );
  }
}
