import { AssessmentReadsController } from './assessment-reads.controller.js';
import { CommandReadsController } from './command-reads.controller.js';
import { ClaimPapersController } from './claim-papers.controller.js';
import { PolicyHistoryController } from './policy-history.controller.js';
import { ApprovalReadsController } from './approval-reads.controller.js';
import { ClaimReadsController } from './claim-reads.controller.js';
import { ConversationReadsController } from './conversation-reads.controller.js';
import { CustomerReadsController } from './customer-reads.controller.js';
import { NotificationReadsController } from './notification-reads.controller.js';
import { PolicyReadsController } from './policy-reads.controller.js';
import { QuoteReadsController } from './quote-reads.controller.js';
import { ClaimHistoryController } from './claim-history.controller.js';
import { ConversationLinesController } from './conversation-lines.controller.js';

export const READ_CONTROLLERS = [
  CommandReadsController,
  CustomerReadsController,
  AssessmentReadsController,
  QuoteReadsController,
  PolicyReadsController,
  ClaimReadsController,
  ConversationReadsController,
  ApprovalReadsController,
  NotificationReadsController,
  ClaimHistoryController,
  ClaimPapersController,
  PolicyHistoryController,
  ConversationLinesController,
];
