import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Catalogue } from '@aika/contracts';
import type { MessageLog } from '@aika/messaging';
import { CATALOGUE, MESSAGE_LOG } from '@aika/messaging/nest';
import type { Request, Response } from 'express';
import { AccessTrail } from '../audit/access-trail.js';
import { customersIn } from '../audit/personal-data.js';
import { GatewaySettings } from '../gateway.settings.js';
import { ProblemError, rejectViolations } from '../http/problem.js';
import { readQuery } from '../http/read-input.js';
import { traceOf } from '../http/trace-context.js';
import { sightOf } from '../identity/masking/answer-shape.js';
import { streamShapeOf } from '../identity/masking/stream-shape.js';
import { principalOf } from '../identity/principal.js';
import { schemaOf } from '../openapi/components.js';
import { ApiQueryOf } from '../openapi/parameters.js';
import { ApiProblems } from '../openapi/problem-responses.js';
import { LiveFeed } from './live-feed.js';
import { LiveStream } from './live-stream.js';
import { StreamEvent, StreamQuery } from './stream-event.js';
import type { StreamLayout } from './stream-positions.js';

const LINES = [
  'id: AAECAw',
  'event: CLAIM_FILED',
  'data: {"topic":"events","partition":0,"offset":41,"stage":"intake","message":{"messageType":"CLAIM_FILED"}}',
  '',
].join('\n');
const DESCRIPTION = `Server-sent events, one for each committed message that meets the filters; \`event\` is its type,
\`data\` as below. \`id\` stands for a position on the log: a reader who comes again with it as \`Last-Event-ID\` misses
nothing and gets nothing twice from a partition. Where records are not kept any more it gets an event \`gap\`. A reader
who does not keep up is disconnected.`;

/** What happens, as it happens. */
@ApiTags('live')
@Controller('v1/stream')
export class StreamController {
  private open = 0;

  constructor(
    @Inject(MESSAGE_LOG) private readonly log: MessageLog,
    @Inject(CATALOGUE) private readonly catalogue: Catalogue,
    private readonly settings: GatewaySettings,
    private readonly feed: LiveFeed,
    private readonly trail: AccessTrail,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'stream',
    summary: 'Messages, live.',
    description: DESCRIPTION.replaceAll('\n', ' '),
  })
  @ApiQueryOf(StreamQuery)
  @ApiHeader({
    name: 'last-event-id',
    required: false,
    description: 'Where to go on.',
    schema: { type: 'string', maxLength: 4000, pattern: '^[A-Za-z0-9_-]+$' },
  })
  @ApiResponse({
    status: 200,
    description: 'A stream without an end.',
    content: {
      'text/event-stream': { schema: schemaOf(StreamEvent), examples: { event: { value: LINES } } },
    },
  })
  @ApiProblems()
  async stream(
    @Query() query: Request['query'],
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const filter = readQuery(StreamQuery, query);
    const { maxStreams, namespace, streamBufferBytes } = this.settings;
    if (this.open >= maxStreams) {
      const headers = { 'retry-after': '5' };
      throw new ProblemError('overloaded', `${maxStreams} streams are open already.`, {}, { headers });
    }
    this.open += 1;
    response.once('close', () => (this.open -= 1));
    const layout = await this.feed.ready();
    const positions = positionsOf(request.get('last-event-id') ?? filter.lastEventId, layout);
    const { log, catalogue, feed } = this;
    const maxBufferedBytes = streamBufferBytes;
    const principal = principalOf(request);
    const cut = streamShapeOf(sightOf(principal), catalogue);
    const shape = (event: StreamEvent): StreamEvent | undefined => {
      const shown = cut(event);
      if (shown === undefined || this.isNoted(shown, request)) return shown;
      // It comes again, and goes on with this event.
      stream.onEnd();
      return undefined;
    };
    const options = { log, catalogue, namespace, feed, layout, query: filter, shape, maxBufferedBytes };
    const stream = new LiveStream(response, options);
    if (principal) endAt(principal.validUntil, response, () => stream.onEnd());
    await stream.open(positions);
  }

  /** @returns false for personal data whose reading could not be noted */
  private isNoted(event: StreamEvent, request: Request): boolean {
    const by = principalOf(request);
    if (by === undefined || sightOf(by) === 'masked') return true;
    const customers = customersIn(event, 'stream', this.catalogue);
    if (customers.size === 0) return true;
    return this.trail.read({ by, operationId: 'stream', customers, traceId: traceOf(request).traceId });
  }
}

const LONGEST_TIMER_MS = 2_147_483_647;

/** Who may read it no longer comes again with a new token, and goes on where it was. */
function endAt(moment: number, response: Response, end: () => void): void {
  const timer = setTimeout(end, Math.min(LONGEST_TIMER_MS, Math.max(0, moment - Date.now()))).unref();
  response.once('close', () => clearTimeout(timer));
}

/** @throws ProblemError `invalid-request`: to begin somewhere else would be a hole that nobody notices */
function positionsOf(id: string | undefined, layout: StreamLayout): number[] | undefined {
  if (id === undefined || id === '') return undefined;
  const positions = layout.decode(id);
  if (positions !== undefined) return positions;
  const expected = 'the id of an event of this installation, or none';
  rejectViolations([{ path: 'header last-event-id', expected, found: 'another text' }]);
  return undefined;
}
