import { describe, expect, it } from '@jest/globals';
import { parseReplayPoint, pointText } from './replay-point.js';

describe('a point of a history', () => {
  it.each([
    ['2026-03-01T09:00:00.000Z', { kind: 'time', at: Date.UTC(2026, 2, 1, 9) }],
    [
      'aika.commands.high/3@120',
      { kind: 'position', topic: 'aika.commands.high', partition: 3, offset: 120 },
    ],
    ['msg-00ff', { kind: 'message', messageId: 'msg-00ff' }],
  ])('is read and written as %s', (text, point) => {
    expect(parseReplayPoint(text)).toEqual(point);
    expect(pointText(parseReplayPoint(text))).toBe(text);
  });

  it('takes a time of any zone', () => {
    expect(parseReplayPoint('2026-03-01T10:00:00+01:00')).toEqual({
      kind: 'time',
      at: Date.UTC(2026, 2, 1, 9),
    });
  });

  it.each(['', '2026-03-01', '2026-13-01T00:00:00Z', 'commands/x@1', 'two words'])('is not "%s"', (text) => {
    expect(() => parseReplayPoint(text)).toThrow(/topic\/partition@offset/);
  });
});
