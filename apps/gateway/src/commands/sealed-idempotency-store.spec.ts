import { catalogue, ConversationMessageRecorded, type Envelope } from '@aika/contracts';
import { type CustomerKeys, SealedMessages } from '@aika/personal-data';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { keysInMemory } from '../testing/gateway.fixtures.js';
import { describeIdempotencyStore } from './idempotency-store.suite.js';
import { MemoryIdempotencyStore } from './memory-idempotency-store.js';
import { SealedIdempotencyStore } from './sealed-idempotency-store.js';

describeIdempotencyStore('memory, sealed', () => {
  let now = Date.now();
  const inner = new MemoryIdempotencyStore(() => now);
  const store = new SealedIdempotencyStore(inner, new SealedMessages(keysInMemory(), catalogue));
  return { store, advance: (ms) => (now += ms) };
});

describe('the answer to a command, kept for a repeat', () => {
  const customerId = 'cust-1';
  const text = 'My son broke the window.';
  const request = { key: 'key-1', digest: 'd1', messageId: 'msg-1' };
  const outcome: Envelope<object> = {
    messageId: 'msg-2',
    timestamp: '2026-06-15T08:00:00Z',
    sourceAgentId: ConversationMessageRecorded.owner,
    targetAgentId: null,
    messageType: ConversationMessageRecorded.type,
    priority: 'NORMAL',
    schemaVersion: ConversationMessageRecorded.version,
    payload: { ...ConversationMessageRecorded.example, customerId, text },
    metadata: {},
  };
  const answer = { status: 200, headers: {}, body: { messageId: 'msg-1', customerId, outcome } };
  let keys: CustomerKeys;
  let kept: MemoryIdempotencyStore;
  let store: SealedIdempotencyStore;

  beforeEach(async () => {
    keys = keysInMemory();
    kept = new MemoryIdempotencyStore();
    store = new SealedIdempotencyStore(kept, new SealedMessages(keys, catalogue));
    await store.claim(request);
    await store.keep(request.key, answer);
  });

  it('is told as it was, and stands sealed', async () => {
    expect(await store.claim(request)).toEqual({ kind: 'answered', answer });
    const stored = JSON.stringify(await kept.claim(request));
    expect(stored).not.toContain('window');
    expect(stored).toContain('aika-sealed.');
  });

  it('shows nothing personal of somebody who was erased since', async () => {
    await keys.erase(customerId);
    const repeated = await store.claim(request);
    expect(repeated).toMatchObject({ kind: 'answered', answer: { status: 200, body: { customerId } } });
    expect(JSON.stringify(repeated)).toMatch(/"text":"\[erased:[0-9a-f]{8}\]"/);
  });

  it('stays as it is where personal data is not sealed', async () => {
    const open = new SealedIdempotencyStore(kept, new SealedMessages(undefined, catalogue));
    await open.keep(request.key, answer);
    expect(await kept.claim(request)).toEqual({ kind: 'answered', answer });
    expect(await open.claim(request)).toEqual({ kind: 'answered', answer });
  });
});
