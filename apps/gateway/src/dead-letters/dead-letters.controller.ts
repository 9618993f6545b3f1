import { applyDecorators, Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { PayloadClass } from '@aika/contracts';
import type { Request } from 'express';
import { readBody } from '../http/read-body.js';
import { readParams, readQuery } from '../http/read-input.js';
import { schemaOf } from '../openapi/components.js';
import { ApiJson } from '../openapi/json-response.js';
import { ApiPathOf, ApiQueryOf } from '../openapi/parameters.js';
import { ApiBodyProblems, ApiProblems } from '../openapi/problem-responses.js';
import {
  EditOrder,
  LetterOrder,
  LetterOutcomeAnswer,
  LetterParams,
  LettersAnswer,
  LettersQuery,
  RedriveOrder,
  WholeLetterAnswer,
} from './letter-answers.js';
import { LetterDesk } from './letter-desk.js';

const ORDER = { by: 'jo.operator', reason: 'The rating table is loaded again.' };

/** Records that no agent could handle: look at them, send them back, mend them, drop them. */
@ApiTags('dead letters')
@Controller('v1/dead-letters')
export class DeadLettersController {
  constructor(private readonly desk: LetterDesk) {}

  @Get()
  @ApiOperation({ operationId: 'listDeadLetters', summary: 'Dead letters, newest first.' })
  @ApiQueryOf(LettersQuery)
  @ApiJson(LettersAnswer, { description: 'Letters without their bodies.' })
  @ApiProblems()
  list(@Query() query: Request['query']): Promise<LettersAnswer> {
    return this.desk.list(readQuery(LettersQuery, query));
  }

  @Get(':letterId')
  @ApiOperation({ operationId: 'getDeadLetter', summary: 'One dead letter with body and causes.' })
  @ApiPathOf(LetterParams, ':letterId')
  @ApiJson(WholeLetterAnswer, { description: 'The letter.' })
  @ApiProblems('not-found')
  show(@Param() params: Request['params']): Promise<WholeLetterAnswer> {
    return this.desk.show(readParams(LetterParams, params).letterId);
  }

  @LetterAction('redrive', RedriveOrder, ORDER, 'Send it back as it is, once.')
  redrive(@Param() params: Request['params'], @Req() { body }: Request): Promise<LetterOutcomeAnswer> {
    return this.desk.redrive(readParams(LetterParams, params).letterId, readBody(RedriveOrder, body));
  }

  @LetterAction(
    'edit',
    EditOrder,
    { ...ORDER, message: { messageType: 'ACCEPT_QUOTE', payload: {} } },
    'Send a mended message in its place.',
  )
  edit(@Param() params: Request['params'], @Req() { body }: Request): Promise<LetterOutcomeAnswer> {
    return this.desk.edit(readParams(LetterParams, params).letterId, readBody(EditOrder, body));
  }

  @LetterAction('drop', LetterOrder, ORDER, 'Be done with it: it is never sent.')
  drop(@Param() params: Request['params'], @Req() { body }: Request): Promise<LetterOutcomeAnswer> {
    return this.desk.drop(readParams(LetterParams, params).letterId, readBody(LetterOrder, body));
  }
}

function LetterAction(
  action: string,
  order: PayloadClass,
  example: object,
  summary: string,
): MethodDecorator {
  return applyDecorators(
    Post(`:letterId/${action}`),
    HttpCode(200),
    ApiOperation({
      operationId: `${action}DeadLetter`,
      summary,
      description: 'Message, resolution and audit line are one transaction.',
    }),
    ApiPathOf(LetterParams, ':letterId'),
    ApiBody({ required: true, schema: schemaOf(order, { example }) }),
    ApiJson(LetterOutcomeAnswer, { description: 'What became of it.' }),
    ApiBodyProblems('not-found', 'conflict'),
  );
}
