import { describe, expect, it } from '@jest/globals';
import { ClaimApproved, ClaimFiled, type Envelope, type MessageDefinition } from '@aika/contracts';
import { type JournalEntry, SeenMessages } from './seen-messages.js';

function entry(
  { type, stage }: MessageDefinition,
  messageId: string,
  conversationId = 'conv-1',
): JournalEntry {
  const envelope = { messageId, messageType: type, payload: {}, metadata: { conversationId } };
  const at = { topic: 'events', partition: 0, offset: 0, recordedAt: 0 };
  return { envelope: envelope as unknown as Envelope, stage, ...at };
}

describe('messages that were seen', () => {
  it('count once, and stand in their conversation in order', () => {
    const messages = new SeenMessages();
    for (const id of ['a', 'b', 'a']) messages.take(entry(ClaimFiled, id));
    messages.take(entry(ClaimFiled, 'c', 'conv-2'));
    expect(messages.conversation('conv-1').map(({ envelope }) => envelope.messageId)).toEqual(['a', 'b']);
  });

  it('are found by who waits for their type, before and after they come', async () => {
    const messages = new SeenMessages();
    messages.take(entry(ClaimFiled, 'a'));
    expect((await messages.waitFor('conv-1', ClaimFiled, 1000)).messageId).toBe('a');
    const waiting = messages.waitFor('conv-1', ClaimApproved, 1000);
    messages.take(entry(ClaimApproved, 'other', 'conv-2'));
    messages.take(entry(ClaimApproved, 'b'));
    expect((await waiting).messageId).toBe('b');
  });

  it('are told with what came instead, when one does not come in time', async () => {
    const messages = new SeenMessages();
    messages.take(entry(ClaimFiled, 'a'));
    await expect(messages.waitFor('conv-1', ClaimApproved, 10)).rejects.toThrow(
      'No CLAIM_APPROVED in conversation conv-1 after 10 ms; seen: CLAIM_FILED.',
    );
  });

  it('end for who waits as soon as none can come any more', async () => {
    const messages = new SeenMessages();
    const waiting = messages.waitFor('conv-1', ClaimApproved, 60_000);
    messages.failed(new Error('the stream has ended'));
    await expect(waiting).rejects.toThrow(/none to come \(the stream has ended\); seen: nothing/);
    await expect(messages.waitFor('conv-1', ClaimApproved, 60_000)).rejects.toThrow(/none to come/);
  });
});
