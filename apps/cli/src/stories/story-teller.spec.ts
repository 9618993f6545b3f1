import { describe, expect, it } from '@jest/globals';
import { ClaimFiled, type Envelope } from '@aika/contracts';
import type { JournalEntry } from '../journal/seen-messages.js';
import type { ReadBack, Story } from './story.js';
import { StoryTeller } from './story-teller.js';
import type { CheckedRead, StorySession, StoryTransport } from './story-transport.js';

const filed: JournalEntry = {
  envelope: {
    messageId: 'msg-1',
    messageType: ClaimFiled.type,
    sourceAgentId: 'claims-processing-agent',
    payload: { ...ClaimFiled.example, claimId: 'clm-1' },
    metadata: {},
  } as unknown as Envelope,
  stage: ClaimFiled.stage,
  topic: 'events',
  partition: 0,
  offset: 0,
  recordedAt: 0,
};

const story: Story = {
  name: 'one-claim',
  title: 'One claim',
  expected: 'filed',
  run: () => Promise.resolve('filed'),
  readBack: (seen) => [{ resource: 'claims', id: seen(ClaimFiled).claimId, shows: { status: 'filed' } }],
};

/** A way to agents that have filed one claim. */
class FiledClaim implements StoryTransport {
  isOpen = false;

  constructor(private readonly check?: (id: string) => CheckedRead) {}

  async open(_conversationId: string, onEntry: (entry: JournalEntry) => void): Promise<StorySession> {
    this.isOpen = true;
    onEntry(filed);
    const { check } = this;
    return {
      send: () => Promise.resolve('msg-0'),
      typed: () => Promise.resolve(''),
      expect: () => Promise.reject(new Error('No such message.')),
      entries: () => [filed],
      ...(check ? { check: ({ id }: ReadBack) => Promise.resolve(check(id)) } : {}),
      close: async () => {
        this.isOpen = false;
      },
    };
  }
}

describe('a story that is told', () => {
  const lines: string[] = [];
  const out = (line: string): void => void lines.push(line);
  const tellerOver = (transport: StoryTransport, signal?: AbortSignal) =>
    new StoryTeller({ transport, paymentsUrl: 'http://127.0.0.1:1', out, ...(signal ? { signal } : {}) });
  const read = (isRight: boolean) => (id: string) => ({ path: `/v1/claims/${id}`, shown: '{}', isRight });

  it('comes out as expected without a read side, which is then not asked', async () => {
    const result = await tellerOver(new FiledClaim()).tell(story);
    expect(result).toMatchObject({ outcome: 'filed', claimId: 'clm-1', messages: 1 });
  });

  it('comes out as expected when the read side shows it', async () => {
    const result = await tellerOver(new FiledClaim(read(true))).tell(story);
    expect(result.outcome).toBe('filed');
    expect(lines.join('\n')).toContain('views     /v1/claims/clm-1 shows {}');
  });

  it('comes out otherwise when the read side shows something else', async () => {
    const result = await tellerOver(new FiledClaim(read(false))).tell(story);
    expect(result.outcome).toBe('filed; but /v1/claims/clm-1 shows {} instead of {"status":"filed"}');
  });

  it('fails with what went wrong', async () => {
    const transport = new FiledClaim();
    const failing: Story = { ...story, run: (stage) => stage.expect(ClaimFiled).then(() => 'filed') };
    expect((await tellerOver(transport).tell(failing)).outcome).toBe('failed: No such message.');
    expect(transport.isOpen).toBe(false);
  });

  it('is given up at once when it is interrupted', async () => {
    const transport = new FiledClaim();
    const stopped = new AbortController();
    const endless: Story = { ...story, run: () => new Promise(() => undefined) };
    const telling = tellerOver(transport, stopped.signal).tell(endless);
    setTimeout(() => stopped.abort(new Error('Ctrl-C')), 10);
    await expect(telling).rejects.toThrow('Ctrl-C');
    expect(transport.isOpen).toBe(false);
  });
});
