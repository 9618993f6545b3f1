import { Controller, Get, Inject, Param, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Catalogue, RegisterCustomer } from '@aika/contracts';
import type { MessageLog } from '@aika/messaging';
import { CATALOGUE, MESSAGE_LOG } from '@aika/messaging/nest';
import { type ExportedMessage, exportPerson } from '@aika/personal-data';
import type { Request } from 'express';
import { tellWhose } from '../audit/personal-data.js';
import { GatewaySettings } from '../gateway.settings.js';
import { ProblemError } from '../http/problem.js';
import { readParams } from '../http/read-input.js';
import { ApiJson } from '../openapi/json-response.js';
import { ApiPathOf } from '../openapi/parameters.js';
import { ApiProblems } from '../openapi/problem-responses.js';
import { CustomerParams } from '../reads/read-queries.js';
import { PersonAnswer } from './person-answers.js';

const { customerId } = RegisterCustomer.example;
const EXAMPLE = {
  customerId,
  exportedAt: '2026-06-15T08:05:00Z',
  messages: [
    {
      topic: 'aika.commands',
      partition: 0,
      offset: 41,
      at: '2026-06-15T08:00:00Z',
      message: { messageType: RegisterCustomer.type, payload: RegisterCustomer.example },
    },
  ],
  state: [
    {
      agent: 'customer',
      kind: 'store',
      key: `s/${customerId}/customer-profile/${customerId}`,
      value: { d: { fullName: 'Ada Example' } },
    },
  ],
};

/** What is kept of a person, to be handed out to them. */
@ApiTags('customers')
@Controller('v1/customers')
export class PersonController {
  constructor(
    @Inject(MESSAGE_LOG) private readonly log: MessageLog,
    @Inject(CATALOGUE) private readonly catalogue: Catalogue,
    private readonly settings: GatewaySettings,
  ) {}

  @Get(':customerId/personal-data')
  @ApiOperation({
    operationId: 'exportPersonalData',
    summary: 'Everything about a customer that is kept.',
    description: 'Read from the log, whatever that takes: where it is long, use `aika person export`.',
  })
  @ApiPathOf(CustomerParams, ':customerId')
  @ApiJson(PersonAnswer, { description: 'As of now.', example: EXAMPLE })
  @ApiProblems('not-found')
  async export(@Param() params: Request['params'], @Req() request: Request): Promise<PersonAnswer> {
    const { customerId } = readParams(CustomerParams, params);
    const { log, catalogue } = this;
    const source = { log, catalogue, namespace: this.settings.namespace };
    const { messages, state } = await exportPerson(source, customerId);
    if (messages.length === 0 && state.length === 0) {
      throw new ProblemError('not-found', 'Nothing is kept of such a customer.');
    }
    tellWhose(request, [customerId]);
    const exportedAt = new Date().toISOString();
    return {
      customerId,
      exportedAt,
      messages: messages.map(answerOf),
      state: state.map(({ value, ...entry }) => ({ ...entry, value: Object(value) as object })),
    };
  }
}

function answerOf({ message, ...place }: ExportedMessage) {
  return typeof message === 'string'
    ? { ...place, text: message }
    : { ...place, message: Object(message) as object };
}
