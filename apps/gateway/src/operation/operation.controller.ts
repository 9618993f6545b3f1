import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { type MessageLog, readAgentCards } from '@aika/messaging';
import { MESSAGE_LOG } from '@aika/messaging/nest';
import type { Request } from 'express';
import { GatewaySettings } from '../gateway.settings.js';
import { NoQuery } from '../http/page.js';
import { readQuery } from '../http/read-input.js';
import { LiveFeed } from '../live/live-feed.js';
import { ApiJson } from '../openapi/json-response.js';
import { ApiProblems } from '../openapi/problem-responses.js';
import { TopicReader } from '../topics/topic-reader.js';
import { AgentsAnswer, StatsAnswer } from './operation-answers.js';
import { Recent } from './recent.js';

const CARD = {
  agentId: 'claims-processing-agent',
  instanceId: 'host-3103',
  handles: ['FILE_CLAIM'],
  emits: ['CLAIM_FILED'],
  partitions: [0, 1, 2, 3],
  generation: 3,
  at: '2026-06-15T08:00:00Z',
  parked: { keys: 0, messages: 0, oldest: [] },
};
const STATS = {
  gateway: { instanceId: 'host-3100', startedAt: '2026-06-15T08:00:00Z', streams: 1 },
  topics: [{ name: 'events', partitions: [{ partition: 0, start: 0, end: 42 }] }],
};

/** A page that everybody keeps open must not ask the brokers for all partitions each time. */
const MAX_AGE_MS = 1_000;

const STARTED_AT = new Date(Date.now() - process.uptime() * 1000).toISOString();

/** What runs, and how much has passed. */
@ApiTags('operation')
@Controller('v1')
export class OperationController {
  private readonly cards = new Recent(() => readAgentCards(this.log, this.settings.namespace), MAX_AGE_MS);
  private readonly reach = new Recent(
    () => Promise.all(this.topics.names().map((name) => this.topics.describe(name))),
    MAX_AGE_MS,
  );

  constructor(
    @Inject(MESSAGE_LOG) private readonly log: MessageLog,
    private readonly settings: GatewaySettings,
    private readonly topics: TopicReader,
    private readonly feed: LiveFeed,
  ) {}

  @Get('agents')
  @ApiOperation({
    operationId: 'listAgents',
    summary: 'The instances of agents, and what is parked at each.',
  })
  @ApiJson(AgentsAnswer, {
    description: 'The last card of each instance, read a second ago at most.',
    example: { agents: [CARD] },
  })
  @ApiProblems()
  async agents(@Query() query: Request['query']): Promise<AgentsAnswer> {
    readQuery(NoQuery, query);
    return { agents: await this.cards.get() };
  }

  @Get('stats')
  @ApiOperation({ operationId: 'getStats', summary: 'How far the topics reach, and what this gateway does.' })
  @ApiJson(StatsAnswer, { description: 'The topics as of a second ago at most.', example: STATS })
  @ApiProblems()
  async stats(@Query() query: Request['query']): Promise<StatsAnswer> {
    readQuery(NoQuery, query);
    const { instanceId } = this.settings;
    return {
      gateway: { instanceId, startedAt: STARTED_AT, streams: this.feed.clients },
      topics: await this.reach.get(),
    };
  }
}
