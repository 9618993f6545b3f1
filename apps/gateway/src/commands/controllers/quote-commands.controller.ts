import { Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Call, type CommandCall } from '../command-call.js';
import { CommandDesk, type CommandReply } from '../command-desk.js';
import { TakesCommand } from '../takes-command.decorator.js';

/** Quotes: ask for one, accept it. */
@ApiTags('quotes')
@Controller('v1/quotes')
export class QuoteCommandsController {
  constructor(private readonly desk: CommandDesk) {}

  @TakesCommand('requestQuote', { path: '', summary: 'Ask for a quote.' })
  request(@Call() call: CommandCall): Promise<CommandReply> {
    return this.desk.carryOut(call);
  }

  @TakesCommand('acceptQuote', { path: ':quoteId/acceptance', summary: 'Accept a quote: binds the policy.' })
  accept(@Call() call: CommandCall): Promise<CommandReply> {
    return this.desk.carryOut(call);
  }
}
