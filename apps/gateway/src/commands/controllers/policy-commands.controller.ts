import { Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Call, type CommandCall } from '../command-call.js';
import { CommandDesk, type CommandReply } from '../command-desk.js';
import { TakesCommand } from '../takes-command.decorator.js';

/** Changes to policies, and what they cover. */
@ApiTags('policies')
@Controller('v1/policies')
export class PolicyCommandsController {
  constructor(private readonly desk: CommandDesk) {}

  @TakesCommand('endorsePolicy', {
    path: ':policyId/endorsements',
    summary: 'Change the terms from a moment on.',
  })
  endorse(@Call() call: CommandCall): Promise<CommandReply> {
    return this.desk.carryOut(call);
  }

  @TakesCommand('renewPolicy', { path: ':policyId/renewals', summary: 'Renew for another year.' })
  renew(@Call() call: CommandCall): Promise<CommandReply> {
    return this.desk.carryOut(call);
  }

  @TakesCommand('cancelPolicy', {
    path: ':policyId/cancellation',
    summary: 'Cancel, with the unearned premium back.',
  })
  cancel(@Call() call: CommandCall): Promise<CommandReply> {
    return this.desk.carryOut(call);
  }

  @TakesCommand('lapsePolicy', { path: ':policyId/lapse', summary: 'End for want of payment.' })
  lapse(@Call() call: CommandCall): Promise<CommandReply> {
    return this.desk.carryOut(call);
  }

  @TakesCommand('reinstatePolicy', {
    path: ':policyId/reinstatement',
    summary: 'Put back in force after a lapse.',
  })
  reinstate(@Call() call: CommandCall): Promise<CommandReply> {
    return this.desk.carryOut(call);
  }

  @TakesCommand('askCoverage', {
    path: ':policyId/coverage-questions',
    summary: 'Ask whether a peril is covered.',
  })
  askCoverage(@Call() call: CommandCall): Promise<CommandReply> {
    return this.desk.carryOut(call);
  }
}
