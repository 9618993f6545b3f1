import { describe, expect, it } from '@jest/globals';
import { specify } from '../testing.js';
import {
  conversationDecider,
  type ConversationCommand,
  type ConversationEvent,
} from './conversation.decider.js';

const conversation = specify(conversationDecider);
const ids = { customerId: 'cus-1', conversationId: 'con-1' };
const context = { id: 'msg-1', at: '2026-03-02T12:00:00Z', actor: 'console' };

const send = (text: string, customerId = 'cus-1'): ConversationCommand => ({
  ...context,
  type: 'SEND_CONVERSATION_MESSAGE',
  data: { ...ids, customerId, text },
});
const answer = (text: string): ConversationCommand => ({
  ...context,
  type: 'RECORD_AGENT_MESSAGE',
  data: { ...ids, text },
});
const close: ConversationCommand = { ...context, type: 'CLOSE_CONVERSATION', data: ids };

const opened: ConversationEvent = { type: 'CONVERSATION_OPENED', data: ids };
const closed: ConversationEvent = { type: 'CONVERSATION_CLOSED', data: ids };
const recorded = (
  sequence: number,
  text: string,
  author: 'CUSTOMER' | 'AGENT' = 'CUSTOMER',
): ConversationEvent => ({
  type: 'CONVERSATION_MESSAGE_RECORDED',
  data: { ...ids, sequence, author, text },
});

describe('SEND_CONVERSATION_MESSAGE', () => {
  it('opens the conversation with its first message', () => {
    conversation.when(send('Is hail covered?')).then(opened, recorded(1, 'Is hail covered?'));
  });

  it('numbers the messages of both sides in one sequence', () => {
    conversation
      .given(opened, recorded(1, 'Is hail covered?'))
      .when(answer('Yes.'))
      .then(recorded(2, 'Yes.', 'AGENT'));
    conversation
      .given(opened, recorded(1, 'Is hail covered?'), recorded(2, 'Yes.', 'AGENT'))
      .when(send('Thanks.'))
      .then(recorded(3, 'Thanks.'));
  });

  it('opens a closed conversation again and goes on counting', () => {
    conversation
      .given(opened, recorded(1, 'Is hail covered?'), closed)
      .when(send('And flood?'))
      .then(opened, recorded(2, 'And flood?'));
  });

  it('takes the same words twice as two messages', () => {
    conversation.given(opened, recorded(1, 'Hello?')).when(send('Hello?')).then(recorded(2, 'Hello?'));
  });

  it('refuses a message that says nothing', () => {
    conversation.when(send(' \n')).thenRejected('empty_message');
  });

  it('refuses the conversation of another customer', () => {
    conversation.given(opened).when(send('Hello?', 'cus-2')).thenRejected('conversation_not_found');
  });

  it('keeps no words in the state', () => {
    const { state } = conversation.when(send('Is hail covered?')).outcome();
    expect(JSON.stringify(state)).not.toContain('hail');
  });
});

describe('RECORD_AGENT_MESSAGE', () => {
  it('opens a conversation too, and refuses a message that says nothing', () => {
    conversation.when(answer('Welcome.')).then(opened, recorded(1, 'Welcome.', 'AGENT'));
    conversation.given(opened).when(answer('')).thenRejected('empty_message');
  });
});

describe('CLOSE_CONVERSATION', () => {
  it('closes an open conversation', () => {
    conversation.given(opened, recorded(1, 'Hello?')).when(close).then(closed);
  });

  it('stays quiet on a closed one', () => {
    conversation.given(opened, closed).when(close).thenNothing();
  });

  it('refuses one that was never opened', () => {
    conversation.when(close).thenRejected('conversation_not_found');
  });
});
