import { describe, expect, it } from '@jest/globals';
import type { Envelope } from './envelope.js';
import { messageHeaders } from './headers.js';
import { FileClaim } from './messages/messages.js';

const envelope: Envelope<unknown> = {
  messageId: 'msg-1',
  timestamp: '2026-06-15T08:05:00Z',
  sourceAgentId: 'portal',
  targetAgentId: null,
  messageType: 'FILE_CLAIM',
  priority: 'HIGH',
  schemaVersion: 2,
  payload: FileClaim.example,
  metadata: {},
};

describe('the headers of a message', () => {
  it('tell what a filter needs, with an empty target for a broadcast', () => {
    expect(messageHeaders(envelope, FileClaim)).toEqual({
      'aika-message-id': 'msg-1',
      'aika-type': 'FILE_CLAIM',
      'aika-version': '2',
      'aika-target': '',
      'aika-source': 'portal',
      'aika-priority': 'HIGH',
      'aika-stage': 'intake',
    });
  });

  it('carry conversation, request and trace where the message has them', () => {
    const metadata = {
      conversationId: 'conv-1',
      requestId: 'msg-7',
      traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
    };
    const headers = messageHeaders(
      { ...envelope, targetAgentId: 'claims-processing-agent', metadata },
      FileClaim,
    );
    expect(headers).toMatchObject({
      'aika-target': 'claims-processing-agent',
      'aika-conversation': 'conv-1',
      'aika-request': 'msg-7',
      traceparent: metadata.traceparent,
    });
  });
});
