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
  CustomerReadsController,
  QuoteReadsController,
  PolicyReadsController,
  ClaimReadsController,
  ConversationReadsController,
  ApprovalReadsController,
  NotificationReadsController,
  ClaimHistoryController,
  ConversationLinesController,
];
