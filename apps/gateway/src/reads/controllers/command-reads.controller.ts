import { Controller, Param, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { eventsOfCommand, findCommand, letterOfMessage, type ViewsDatabase } from '@aika/views';
import type { Request } from 'express';
import { ApiQueryOf } from '../../openapi/parameters.js';
import type { Reply } from '../../commands/reply.interceptor.js';
import { readParams, readQuery } from '../../http/read-input.js';
import { commandStatusOf } from '../command-status.js';
import { CommandStatusAnswer } from '../history-answers.js';
import { CommandParams, PositionQuery } from '../read-queries.js';
import { ReadsOne } from '../reads.decorators.js';
import { ViewsReader } from '../views-reader.js';

/** More events than any command leads to; an answer without a bound could be any size. */
const MAX_EVENTS = 1_000;

/** What became of commands. */
@ApiTags('commands')
@Controller('v1/commands')
export class CommandReadsController {
  constructor(private readonly views: ViewsReader) {}

  @ReadsOne(
    ':messageId',
    'getCommand',
    CommandParams,
    CommandStatusAnswer,
    'What became of a command: accepted, handled, refused or failed, with everything that followed.',
  )
  @ApiQueryOf(PositionQuery)
  async get(
    @Param() params: Request['params'],
    @Query() query: Request['query'],
    @Req() request: Request,
  ): Promise<Reply> {
    const { messageId } = readParams(CommandParams, params);
    const { position } = readQuery(PositionQuery, query);
    if (position !== undefined) await this.views.freshFor(request, position);
    return this.views.one(
      request,
      (db) => statusOf(db, messageId),
      ({ answer }) => answer,
    );
  }
}

async function statusOf(db: ViewsDatabase, messageId: string) {
  const command = await findCommand(db, messageId);
  if (!command) return undefined;
  const [events, letter] = await Promise.all([
    eventsOfCommand(db, command, MAX_EVENTS),
    letterOfMessage(db, messageId),
  ]);
  const answer = commandStatusOf(command, events, letter);
  // Nothing else changes it: what has followed stays.
  return { message_id: `${answer.status}-${events.length}`, answer };
}
