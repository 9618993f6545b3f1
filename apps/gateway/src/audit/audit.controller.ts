import { Controller, Get, Inject, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { searchTrail } from '@aika/audit';
import { type Catalogue, topicOf } from '@aika/contracts';
import type { MessageLog } from '@aika/messaging';
import { CATALOGUE, MESSAGE_LOG } from '@aika/messaging/nest';
import type { Request } from 'express';
import { GatewaySettings } from '../gateway.settings.js';
import { readQuery } from '../http/read-input.js';
import { ApiJson } from '../openapi/json-response.js';
import { ApiQueryOf } from '../openapi/parameters.js';
import { ApiProblems } from '../openapi/problem-responses.js';
import { AuditAnswer, AuditQuery, DEFAULT_LINES } from './audit-answers.js';

const LINE = {
  recordedAt: '2026-06-15T08:05:00.120Z',
  at: '2026-06-15T08:05:00Z',
  kind: 'approval',
  action: 'DECIDE_REFERRED_CLAIM',
  actor: 'jo.adjuster',
  customerId: 'cust-1001',
  object: 'clm-5001',
  outcome: 'done',
  messageId: 'msg-6001',
  reason: "The expert's report confirms the loss.",
  traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
  partition: 2,
  offset: 118,
};

/** Who did what: for auditors. */
@ApiTags('audit')
@Controller('v1/audit')
export class AuditController {
  constructor(
    @Inject(MESSAGE_LOG) private readonly log: MessageLog,
    @Inject(CATALOGUE) private readonly catalogue: Catalogue,
    private readonly settings: GatewaySettings,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'searchAudit',
    summary: 'The newest lines of the audit trail that match. Reads the trail from its beginning.',
  })
  @ApiQueryOf(AuditQuery)
  @ApiJson(AuditAnswer, { description: 'Lines as they stand on the log.', example: { lines: [LINE] } })
  @ApiProblems()
  async search(@Query() given: Request['query'], @Req() request: Request): Promise<AuditAnswer> {
    const {
      customer,
      actor,
      action,
      kind,
      object,
      since,
      until,
      limit = DEFAULT_LINES,
    } = readQuery(AuditQuery, given);
    const gone = new AbortController();
    request.res?.once('close', () => gone.abort());
    const lines = await searchTrail({
      log: this.log,
      topic: topicOf(this.settings.namespace, 'audit'),
      catalogue: this.catalogue,
      filter: {
        customerId: customer,
        actor,
        action,
        kind,
        object,
        fromMs: timeOf(since),
        untilMs: timeOf(until),
      },
      limit: Math.min(limit, this.settings.maxPageSize),
      signal: gone.signal,
    });
    return { lines: lines.map((line) => ({ kind: 'decision', outcome: 'done', ...line })) };
  }
}

function timeOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Date.parse(text);
}
