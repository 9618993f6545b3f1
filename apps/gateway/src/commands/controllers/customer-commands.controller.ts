import { Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Call, type CommandCall } from '../command-call.js';
import { CommandDesk, type CommandReply } from '../command-desk.js';
import { TakesCommand } from '../takes-command.decorator.js';

/** Customers, their consents and preferences. */
@ApiTags('customers')
@Controller('v1/customers')
export class CustomerCommandsController {
  constructor(private readonly desk: CommandDesk) {}

  @TakesCommand('registerCustomer', { path: '', summary: 'Register a customer.' })
  register(@Call() call: CommandCall): Promise<CommandReply> {
    return this.desk.carryOut(call);
  }

  @TakesCommand('updateProfile', {
    method: 'PATCH',
    path: ':customerId',
    summary: 'Change name, address or contact.',
  })
  updateProfile(@Call() call: CommandCall): Promise<CommandReply> {
    return this.desk.carryOut(call);
  }

  @TakesCommand('setConsent', {
    method: 'PUT',
    path: ':customerId/consents/:purpose',
    summary: 'Give or withdraw a consent.',
  })
  setConsent(@Call() call: CommandCall): Promise<CommandReply> {
    return this.desk.carryOut(call);
  }

  @TakesCommand('setPreferences', {
    method: 'PUT',
    path: ':customerId/preferences',
    summary: 'Say how the customer wants to be told.',
  })
  setPreferences(@Call() call: CommandCall): Promise<CommandReply> {
    return this.desk.carryOut(call);
  }
}
