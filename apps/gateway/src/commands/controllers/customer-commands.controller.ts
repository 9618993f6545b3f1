import { Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { SealedRows } from '@aika/personal-data';
import { ProblemError } from '../../http/problem.js';
import { Call, type CommandCall } from '../command-call.js';
import { CommandDesk, type CommandReply } from '../command-desk.js';
import { TakesCommand } from '../takes-command.decorator.js';

/** Customers, their consents and preferences. */
@ApiTags('customers')
@Controller('v1/customers')
export class CustomerCommandsController {
  constructor(
    private readonly desk: CommandDesk,
    private readonly sealed: SealedRows,
  ) {}

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

  @TakesCommand('erasePersonalData', {
    path: ':customerId/erasure',
    summary: 'Throw the key away under which what is personal of a customer is sealed. There is no way back.',
  })
  async erase(@Call() call: CommandCall): Promise<CommandReply> {
    const { keys } = this.sealed;
    if (!keys)
      throw new ProblemError('conflict', 'Personal data is not sealed here, so it cannot be erased.');
    // The key first: that is the erasure. The agent forgets what it has in memory, and says so.
    await keys.erase(String(call.payload['customerId']));
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
