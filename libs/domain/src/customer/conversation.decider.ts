import type {
  CloseConversationPayload,
  ConversationAuthor,
  ConversationClosedPayload,
  ConversationMessageRecordedPayload,
  ConversationOpenedPayload,
  SendConversationMessagePayload,
} from '@aika/contracts';
import { rejected, type Command, type CommandRejected, type Decider, type DomainEvent } from '../decider.js';

/** What the customer writes. */
export type SendConversationMessageCommand = Command<
  'SEND_CONVERSATION_MESSAGE',
  SendConversationMessagePayload
>;
/** What the agent answers; internal, so that a customer's message can never claim to be the agent's. */
export type RecordAgentMessageCommand = Command<'RECORD_AGENT_MESSAGE', SendConversationMessagePayload>;
export type CloseConversationCommand = Command<'CLOSE_CONVERSATION', CloseConversationPayload>;

export type ConversationCommand =
  SendConversationMessageCommand | RecordAgentMessageCommand | CloseConversationCommand;

export type ConversationEvent =
  | DomainEvent<'CONVERSATION_OPENED', ConversationOpenedPayload>
  | DomainEvent<'CONVERSATION_MESSAGE_RECORDED', ConversationMessageRecordedPayload>
  | DomainEvent<'CONVERSATION_CLOSED', ConversationClosedPayload>
  | CommandRejected;

/** The words are not kept in state: they are personal data, and the events have them. */
export type ConversationState =
  | { readonly status: 'none' }
  | {
      readonly status: 'open' | 'closed';
      readonly customerId: string;
      /** Messages so far = the last one's sequence. Goes on after a reopening. */
      readonly messages: number;
    };

/**
 * A conversation with one customer. A message opens it, or opens it again after it was closed. The same words
 * twice are two messages; the same message twice is told by its id, before it comes here.
 */
export const conversationDecider: Decider<ConversationState, ConversationCommand, ConversationEvent> = {
  initialState: { status: 'none' },
  decide: decideConversation,
  evolve: evolveConversation,
};

function decideConversation(
  state: ConversationState,
  command: ConversationCommand,
): readonly ConversationEvent[] {
  if (state.status !== 'none' && state.customerId !== command.data.customerId) {
    return refuse(command, 'conversation_not_found', 'There is no such conversation of this customer.');
  }
  switch (command.type) {
    case 'SEND_CONVERSATION_MESSAGE':
      return recordMessage(state, command, 'CUSTOMER');
    case 'RECORD_AGENT_MESSAGE':
      return recordMessage(state, command, 'AGENT');
    case 'CLOSE_CONVERSATION':
      return close(state, command);
    default:
      command satisfies never;
      return [];
  }
}

function refuse(command: ConversationCommand, code: string, detail: string) {
  return [rejected(command, code, detail, command.data.conversationId)];
}

function recordMessage(
  state: ConversationState,
  command: SendConversationMessageCommand | RecordAgentMessageCommand,
  author: ConversationAuthor,
): readonly ConversationEvent[] {
  const { customerId, conversationId, text } = command.data;
  if (text.trim() === '') return refuse(command, 'empty_message', 'A message says something.');
  const sequence = (state.status === 'none' ? 0 : state.messages) + 1;
  const opening: ConversationEvent[] =
    state.status === 'open' ? [] : [{ type: 'CONVERSATION_OPENED', data: { customerId, conversationId } }];
  const message = { customerId, conversationId, sequence, author, text };
  return [...opening, { type: 'CONVERSATION_MESSAGE_RECORDED', data: message }];
}

function close(state: ConversationState, command: CloseConversationCommand): readonly ConversationEvent[] {
  const { customerId, conversationId } = command.data;
  if (state.status === 'none') {
    return refuse(command, 'conversation_not_found', 'There is no such conversation of this customer.');
  }
  if (state.status === 'closed') return [];
  return [{ type: 'CONVERSATION_CLOSED', data: { customerId, conversationId } }];
}

function evolveConversation(state: ConversationState, event: ConversationEvent): ConversationState {
  if (event.type === 'CONVERSATION_OPENED') {
    const messages = state.status === 'none' ? 0 : state.messages;
    return { status: 'open', customerId: event.data.customerId, messages };
  }
  if (state.status === 'none') return state;
  switch (event.type) {
    case 'CONVERSATION_MESSAGE_RECORDED':
      return { ...state, messages: event.data.sequence };
    case 'CONVERSATION_CLOSED':
      return { ...state, status: 'closed' };
    case 'COMMAND_REJECTED':
      return state;
    default:
      event satisfies never;
      return state;
  }
}
