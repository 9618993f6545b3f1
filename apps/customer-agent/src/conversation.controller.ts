import {
  CloseConversation,
  CloseConversationPayload,
  SendConversationMessage,
  SendConversationMessagePayload,
} from '@aika/contracts';
import { conversationDecider } from '@aika/domain';
import { AgentController, Handles } from '@aika/messaging/nest';
import { commandOf, decideOn, defineEntity } from '@aika/workflow';
import { customerAgent, type CustomerContext } from './customer.agent.js';

const conversation = defineEntity({ name: 'conversation', decider: conversationDecider });

/** Keeps the order of what was said in each conversation. */
@AgentController(customerAgent)
export class ConversationController {
  @Handles(SendConversationMessage)
  send(data: SendConversationMessagePayload, context: CustomerContext): void {
    const command = commandOf(context, 'SEND_CONVERSATION_MESSAGE', data);
    decideOn(context, conversation, data.conversationId, command);
  }

  @Handles(CloseConversation)
  close(data: CloseConversationPayload, context: CustomerContext): void {
    const command = commandOf(context, 'CLOSE_CONVERSATION', data);
    decideOn(context, conversation, data.conversationId, command);
  }
}
