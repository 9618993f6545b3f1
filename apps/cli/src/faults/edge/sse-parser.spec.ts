import { describe, expect, it } from '@jest/globals';
import { SseParser } from './sse-parser.js';

describe('a stream of server-sent events', () => {
  it('is events with their type, however it is cut into pieces', () => {
    const text = 'retry: 2000\nid: a\n\nid: b\nevent: PAID\ndata: {"n":1}\n\ndata: x\ndata: y\n\n';
    const parser = new SseParser();
    const events = [...text].flatMap((char) => parser.take(char));
    expect(events).toEqual([
      { type: 'PAID', data: '{"n":1}' },
      { type: 'message', data: 'x\ny' },
    ]);
    expect(parser.lastEventId).toBe('b');
  });

  it('moves its position with a heartbeat, and not with a block that is cut off', () => {
    const parser = new SseParser();
    parser.take(': heartbeat\nid: a\n\nid: b\ndata: half');
    expect(parser.lastEventId).toBe('a');
    parser.reset();
    expect(parser.take('data: whole\n\n')).toEqual([{ type: 'message', data: 'whole' }]);
    expect(parser.lastEventId).toBe('a');
  });
});
