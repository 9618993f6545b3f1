import { POLICY_AGENT } from '../../agents.js';
import { defineMessage } from '../../message-definition.js';
import * as payloads from './common.payloads.js';

export const CommandRejected = defineMessage({
  kind: 'event',
  owner: 'any',
  stage: 'decision',
  type: 'COMMAND_REJECTED',
  audited: { kind: 'decision', reason: ({ code }) => code },
  payload: payloads.CommandRejectedPayload,
  example: {
    customerId: 'cust-1001',
    commandId: 'msg-6002',
    commandType: 'ACCEPT_QUOTE',
    code: 'quote_expired',
    detail: 'The quote was valid until 2026-04-01T09:00:00Z.',
    entityId: 'quo-3001',
  },
});

export const AuditRecorded = defineMessage({
  kind: 'event',
  owner: 'any',
  topic: 'audit',
  stage: 'settlement',
  type: 'AUDIT_RECORDED',
  payload: payloads.AuditRecordedPayload,
  example: {
    customerId: 'cust-1001',
    action: 'POLICY_BOUND',
    messageId: 'msg-6003',
    actor: POLICY_AGENT,
    kind: 'decision',
    object: 'pol-4001',
    at: '2026-03-02T09:14:00Z',
  },
});

/** To the runtime of the agent that is named as its target. */
export const RetryParked = defineMessage({
  kind: 'command',
  owner: 'any',
  stage: 'intake',
  type: 'RETRY_PARKED',
  payload: payloads.RetryParkedPayload,
  example: { customerId: 'cust-1001', reason: 'The rating table is loaded again.' },
});

/** To the runtime of the agent that is named as its target. */
export const GiveUpParked = defineMessage({
  kind: 'command',
  owner: 'any',
  stage: 'intake',
  type: 'GIVE_UP_PARKED',
  payload: payloads.GiveUpParkedPayload,
  example: { customerId: 'cust-1001', reason: 'Sent by mistake.' },
});

/** From the runtime of an agent to itself: an answer that it asked for has not come in time. */
export const AskTimedOut = defineMessage({
  kind: 'command',
  owner: 'any',
  stage: 'intake',
  type: 'ASK_TIMED_OUT',
  payload: payloads.AskTimedOutPayload,
  example: { customerId: 'cust-1001', requestId: 'msg-6004' },
});
