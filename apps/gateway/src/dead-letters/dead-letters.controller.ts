import { applyDecorators, Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AcceptQuote, type PayloadClass } from '@aika/contracts';
import type { Request } from 'express';
import { readBody } from '../http/read-body.js';
import { readParams, readQuery } from '../http/read-input.js';
import { signedFields } from '../identity/access/access-rules.js';
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

const LETTER_ID = 'dlq-4bf92f3577b34da6';
const LETTER = {
  id: LETTER_ID,
  status: 'open',
  code: 'HANDLER_FAILED',
  agentId: 'policy-management-agent',
  messageType: 'ACCEPT_QUOTE',
  customerId: 'cust-1001',
  messageId: 'msg-3002',
  origin: { topic: 'aika.commands', partition: 0, offset: 17 },
  attempts: 3,
  at: '2026-06-15T08:05:02Z',
  recordedAt: '2026-06-15T08:05:00Z',
  bytes: 214,
};
const WHOLE_LETTER = {
  ...LETTER,
  causes: [{ name: 'TypeError', message: 'There is no rate for district 9.' }],
  key: 'cust-1001',
  body: '{"messageType":"ACCEPT_QUOTE"}',
  headers: { 'message-type': 'ACCEPT_QUOTE' },
  returnedAs: [],
};
const SENT = {
  id: LETTER_ID,
  kind: 'sent',
  dryRun: false,
  newMessageId: 'msg-3003',
  topic: 'aika.commands',
  partition: 0,
};
const ORDER = { by: 'jo.operator', reason: 'The rating table is loaded again.' };

/** Records that no agent could handle: look at them, send them back, mend them, drop them. */
@ApiTags('dead letters')
@Controller('v1/dead-letters')
export class DeadLettersController {
  constructor(private readonly desk: LetterDesk) {}

  @Get()
  @ApiOperation({ operationId: 'listDeadLetters', summary: 'Dead letters, newest first.' })
  @ApiQueryOf(LettersQuery)
  @ApiJson(LettersAnswer, {
    description: 'Letters without their bodies.',
    example: { letters: [LETTER], matching: 1 },
  })
  @ApiProblems()
  list(@Query() query: Request['query']): Promise<LettersAnswer> {
    return this.desk.list(readQuery(LettersQuery, query));
  }

  @Get(':letterId')
  @ApiOperation({ operationId: 'getDeadLetter', summary: 'One dead letter with body and causes.' })
  @ApiPathOf(LetterParams, ':letterId')
  @ApiJson(WholeLetterAnswer, { description: 'The letter.', example: WHOLE_LETTER })
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
    { ...ORDER, message: { messageType: AcceptQuote.type, payload: AcceptQuote.example } },
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
    ApiBody({
      required: true,
      schema: schemaOf(order, { example, optional: signedFields(`${action}DeadLetter`) }),
    }),
    ApiJson(LetterOutcomeAnswer, {
      description: 'What became of it.',
      example: action === 'drop' ? { id: LETTER_ID, kind: 'dropped', dryRun: false } : SENT,
    }),
    ApiBodyProblems('not-found', 'conflict'),
  );
}
