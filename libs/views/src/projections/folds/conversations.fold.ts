import { ConversationClosed, ConversationMessageRecorded, ConversationOpened } from '@aika/contracts';
import { defineFold } from '../entity-fold.js';
import { on } from '../view-event.js';

/** Conversations; what was said stands in `conversation_messages`. */
export const conversationsFold = defineFold<'conversations'>({
  table: 'conversations',
  key: 'conversation_id',
  births: [
    on(ConversationOpened, ({ conversationId, customerId }, { occurredAt }) => ({
      conversation_id: conversationId,
      customer_id: customerId,
      status: 'open',
      opened_at: occurredAt,
      closed_at: null,
      message_count: 0,
      last_message_at: null,
    })),
  ],
  changes: [
    on(ConversationMessageRecorded, (_message, { occurredAt }, { message_count }) => ({
      message_count: message_count + 1,
      last_message_at: occurredAt,
    })),
    on(ConversationClosed, (_conversation, { occurredAt }) => ({ status: 'closed', closed_at: occurredAt })),
  ],
});
