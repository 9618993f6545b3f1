import { Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Call, type CommandCall } from '../command-call.js';
import { CommandDesk, type CommandReply } from '../command-desk.js';
import { TakesCommand } from '../takes-command.decorator.js';

/** Decisions of people on claims that were referred to them. */
@ApiTags('approvals')
@Controller('v1/approvals')
export class ApprovalCommandsController {
  constructor(private readonly desk: CommandDesk) {}

  @TakesCommand('decideClaim', {
    path: ':claimId/decision',
    summary: 'Approve or deny a referred claim, approve another amount, or ask first; with a reason.',
  })
  decide(@Call() call: CommandCall): Promise<CommandReply> {
    return this.desk.carryOut(call);
  }
}
