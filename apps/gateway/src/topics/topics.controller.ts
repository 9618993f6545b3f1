import { Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ClaimFiled, EnvelopeContract } from '@aika/contracts';
import type { Request } from 'express';
import { NoQuery } from '../http/page.js';
import { rejectViolations } from '../http/problem.js';
import { readParams, readQuery } from '../http/read-input.js';
import { traceOf } from '../http/trace-context.js';
import { schemaOf } from '../openapi/components.js';
import { ApiJson } from '../openapi/json-response.js';
import { ApiPathOf, ApiQueryOf } from '../openapi/parameters.js';
import { ApiBodyProblems, ApiProblems } from '../openapi/problem-responses.js';
import { MessageProducer } from './message-producer.js';
import { ProducedAnswer, RecordsAnswer, RecordsQuery, TopicParams, TopicsAnswer } from './topic-answers.js';
import { TopicReader } from './topic-reader.js';

const EXAMPLE = {
  messageType: ClaimFiled.type,
  sourceAgentId: ClaimFiled.owner,
  payload: ClaimFiled.example,
};

const TOPIC = { name: 'events', partitions: [{ partition: 0, start: 0, end: 42 }] };
const RECORD = {
  partition: 0,
  offset: 41,
  timestamp: '2026-06-15T08:05:00Z',
  key: ClaimFiled.example.customerId,
  headers: { 'message-type': ClaimFiled.type },
  message: {
    messageId: 'msg-6001',
    timestamp: '2026-06-15T08:05:00Z',
    targetAgentId: null,
    priority: 'NORMAL',
    schemaVersion: 1,
    metadata: {},
    ...EXAMPLE,
  },
};
const PRODUCED = { messageId: 'msg-6001', topic: 'aika.events', partition: 0, offset: 41 };

/** Kafka over HTTP, for programs without a Kafka client: whole messages in, records out. */
@ApiTags('topics')
@Controller('v1/topics')
export class TopicsController {
  constructor(
    private readonly reader: TopicReader,
    private readonly producer: MessageProducer,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'listTopics',
    summary: 'The topics that can be read, and how far they reach.',
  })
  @ApiJson(TopicsAnswer, { description: 'Topics.', example: { topics: [TOPIC] } })
  @ApiProblems()
  async list(@Query() query: Request['query']): Promise<TopicsAnswer> {
    readQuery(NoQuery, query);
    return { topics: await Promise.all(this.reader.names().map((name) => this.reader.describe(name))) };
  }

  @Get(':topic/messages')
  @ApiOperation({ operationId: 'readTopic', summary: 'A page of committed records.' })
  @ApiPathOf(TopicParams, ':topic')
  @ApiQueryOf(RecordsQuery)
  @ApiJson(RecordsAnswer, {
    description: 'Records, and where the next page begins.',
    example: { records: [RECORD], next: 'WyJhM1FfeDAtQiIsWzQyXV0' },
  })
  @ApiProblems('not-found')
  read(@Param() params: Request['params'], @Query() query: Request['query']): Promise<RecordsAnswer> {
    return this.reader.page(readParams(TopicParams, params).topic, readQuery(RecordsQuery, query));
  }

  @Post(':topic/messages')
  @HttpCode(201)
  @ApiOperation({
    operationId: 'produceMessage',
    summary: 'Write a whole message.',
    description: 'The same messageId and content is handled once. The topic is that of the message type.',
  })
  @ApiPathOf(TopicParams, ':topic')
  @ApiBody({
    required: true,
    schema: schemaOf(EnvelopeContract, { name: 'Envelope' }),
    examples: { event: { value: EXAMPLE } },
  })
  @ApiJson(ProducedAnswer, { status: 201, description: 'It is durable.', example: PRODUCED })
  @ApiBodyProblems('not-found')
  produce(@Param() params: Request['params'], @Req() request: Request): Promise<ProducedAnswer> {
    const { topic } = readParams(TopicParams, params);
    this.reader.assertReadable(topic);
    const body: unknown = request.body;
    if (typeof body !== 'object' || body === null) {
      rejectViolations([{ path: '', expected: 'a JSON object', found: 'nothing' }]);
    }
    return this.producer.produce(topic, body as object, traceOf(request));
  }
}
