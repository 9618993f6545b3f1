import { describe, expect, it } from '@jest/globals';
import { catalogue, readMessage } from '@aika/contracts';
import { envelopesOf } from './fuzz-values.js';
import { brokenEvents } from './stream-cases.js';

describe('messages that a fuzz may produce', () => {
  it('are one of every type, on its topic, and readable', () => {
    const byTopic = envelopesOf(catalogue);
    const all = Object.values(byTopic).flat();
    expect(all).toHaveLength(catalogue.all().length);
    expect(Object.keys(byTopic)).toContain('events');
    const receivedAt = new Date().toISOString();
    for (const envelope of all) {
      const read = readMessage(JSON.stringify(envelope), {
        catalogue,
        receivedAt,
        fallbackMessageId: 'msg-1',
      });
      expect(read.ok ? 'ok' : read.error.message).toBe('ok');
    }
  });
});

describe('the beginning of a stream', () => {
  it('is lines of fields and comments', () => {
    expect(brokenEvents('retry: 2000\nid: abc\n\n: heartbeat\nevent: X\ndata: {}\n\nda')).toBeUndefined();
    expect(brokenEvents('')).toBeUndefined();
  });

  it('is broken by anything else', () => {
    expect(brokenEvents('retry: 2000\n{"type":"urn:aika:problem:timed-out"}\n')).toBeDefined();
  });
});
