import { describe, expect, it } from '@jest/globals';
import { readServerSentEvents, type ServerSentEvent } from './server-sent-events.js';

const STREAM = [
  'retry: 500\nid: a\n\n',
  'id: b\nevent: CLAIM_FILED\ndata: {"x":"1: 2"}\n\n',
  ': heartbeat\nid: c\n\n',
  'data: first\ndata: second\n\n',
  'id: d\ndata: cut off',
].join('');

const EVENTS: readonly ServerSentEvent[] = [
  { id: 'a', retry: 500 },
  { id: 'b', type: 'CLAIM_FILED', data: '{"x":"1: 2"}' },
  { id: 'c' },
  { data: 'first\nsecond' },
];

async function* piecesOf(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

describe('a stream of server-sent events', () => {
  it.each([1, 2, 7, 1000])(
    'is read whole in pieces of %i characters, without an unfinished event',
    async (size) => {
      const events: ServerSentEvent[] = [];
      for await (const event of readServerSentEvents(piecesOf(STREAM, size))) events.push(event);
      expect(events).toEqual(EVENTS);
    },
  );
});
