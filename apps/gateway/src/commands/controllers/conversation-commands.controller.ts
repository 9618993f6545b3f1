import { Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Call, type CommandCall } from '../command-call.js';
import { CommandDesk, type CommandReply } from '../command-desk.js';
import { TakesCommand } from '../takes-command.decorator.js';

/** What customers write. */
@ApiTags('conversations')
@Controller('v1/conversations')
export class ConversationCommandsController {
  constructor(private readonly desk: CommandDesk) {}

  @TakesCommand('sendMessage', {
    path: ':conversationId/messages',
    summary: 'Write to the customer service.',
  })
  send(@Call() call: CommandCall): Promise<CommandReply> {
    return this.desk.carryOut(call);
  }

  @TakesCommand('closeConversation', { path: ':conversationId/closing', summary: 'End a conversation.' })
  close(@Call() call: CommandCall): Promise<CommandReply> {
    return this.desk.carryOut(call);
  }
}
