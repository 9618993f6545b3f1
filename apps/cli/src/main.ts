import 'reflect-metadata';
import { Command } from 'commander';
import { registerAudit } from './audit/audit.command.js';
import { registerDlq } from './commands/dlq.command.js';
import { registerSend } from './commands/send.command.js';
import { registerStart } from './commands/start.command.js';
import { registerTail } from './commands/tail.command.js';
import { registerFaults } from './faults/faults.command.js';
import { registerTakeover } from './faults/takeover.command.js';
import { registerFuzz } from './fuzz/fuzz.command.js';
import { registerIdentity } from './identity/identity.command.js';
import { registerParked } from './parked/parked.command.js';
import { registerPerson } from './person/person.command.js';
import { registerDown } from './platform/down.command.js';
import { registerStatus } from './platform/status.command.js';
import { registerUp } from './platform/up.command.js';
import { registerPortfolio } from './portfolio/portfolio.command.js';
import { registerReplay } from './replay/replay.command.js';
import { registerViews } from './views/views.command.js';

const program = new Command('aika')
  .description('Insurance agents over Apache Kafka')
  .showHelpAfterError('(aika --help lists the commands)');

for (const register of [
  registerUp,
  registerDown,
  registerStatus,
  registerStart,
  registerSend,
  registerTail,
  registerDlq,
  registerAudit,
  registerPortfolio,
  registerParked,
  registerReplay,
  registerViews,
  registerIdentity,
  registerPerson,
  registerFaults,
  registerTakeover,
  registerFuzz,
]) {
  register(program);
}

await program.parseAsync();
