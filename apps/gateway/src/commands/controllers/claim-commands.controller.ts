import { Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Call, type CommandCall } from '../command-call.js';
import { CommandDesk, type CommandReply } from '../command-desk.js';
import { TakesCommand } from '../takes-command.decorator.js';

/** Claims from their first notice. */
@ApiTags('claims')
@Controller('v1/claims')
export class ClaimCommandsController {
  constructor(private readonly desk: CommandDesk) {}

  @TakesCommand('fileClaim', { path: '', summary: 'First notice of loss.' })
  file(@Call() call: CommandCall): Promise<CommandReply> {
    return this.desk.carryOut(call);
  }

  @TakesCommand('withdrawClaim', { path: ':claimId/withdrawal', summary: 'Take a claim back.' })
  withdraw(@Call() call: CommandCall): Promise<CommandReply> {
    return this.desk.carryOut(call);
  }

  @TakesCommand('reopenClaim', { path: ':claimId/reopening', summary: 'Open a decided claim again.' })
  reopen(@Call() call: CommandCall): Promise<CommandReply> {
    return this.desk.carryOut(call);
  }

  @TakesCommand('answerClaimQuestion', {
    path: ':claimId/answers',
    summary: 'Answer what a person who decides the claim has asked.',
  })
  answer(@Call() call: CommandCall): Promise<CommandReply> {
    return this.desk.carryOut(call);
  }
}
