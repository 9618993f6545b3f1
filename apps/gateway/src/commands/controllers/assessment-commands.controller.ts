import { Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Call, type CommandCall } from '../command-call.js';
import { CommandDesk, type CommandReply } from '../command-desk.js';
import { TakesCommand } from '../takes-command.decorator.js';

/** Risk scores of customers. */
@ApiTags('assessments')
@Controller('v1/assessments')
export class AssessmentCommandsController {
  constructor(private readonly desk: CommandDesk) {}

  @TakesCommand('assessCustomer', { path: '', summary: 'Score a customer.' })
  assess(@Call() call: CommandCall): Promise<CommandReply> {
    return this.desk.carryOut(call);
  }
}
