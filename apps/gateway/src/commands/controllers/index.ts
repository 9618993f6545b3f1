import { ApprovalCommandsController } from './approval-commands.controller.js';
import { AssessmentCommandsController } from './assessment-commands.controller.js';
import { ClaimCommandsController } from './claim-commands.controller.js';
import { ConversationCommandsController } from './conversation-commands.controller.js';
import { CustomerCommandsController } from './customer-commands.controller.js';
import { PolicyCommandsController } from './policy-commands.controller.js';
import { QuoteCommandsController } from './quote-commands.controller.js';

export const COMMAND_CONTROLLERS = [
  CustomerCommandsController,
  AssessmentCommandsController,
  QuoteCommandsController,
  PolicyCommandsController,
  ClaimCommandsController,
  ConversationCommandsController,
  ApprovalCommandsController,
];
