import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ID_PATTERN, MAX_ID_LENGTH, MAX_MESSAGE_ID_LENGTH, deriveId } from './ids.js';
import { isHighLane, lanesOf, parseStages, topicOf, withoutLane } from './topics.js';

describe('a derived id', () => {
  it.each([
    ['quo', 'msg-abc', 'quo-abc'],
    ['pol', 'quo-abc', 'pol-abc'],
    ['clm', 'abc', 'clm-abc'],
    ['clm', '2f0c-77', 'clm-2f0c-77'],
    ['clm', 'msg-', 'clm-msg-'],
  ])('%s of %s is %s', (prefix, source, id) => {
    expect(deriveId(prefix, source)).toBe(id);
  });

  it('of any message id is an allowed id', () => {
    const messageId = fc.stringMatching(ID_PATTERN, { maxLength: MAX_MESSAGE_ID_LENGTH });
    fc.assert(
      fc.property(messageId, (source) => {
        const id = deriveId('clm', source);
        expect(id).toMatch(ID_PATTERN);
        expect(id.length).toBeLessThanOrEqual(MAX_ID_LENGTH);
      }),
    );
  });
});

describe('a topic', () => {
  it('stands behind its namespace', () => {
    expect(topicOf('aika', 'agent.risk')).toBe('aika.agent.risk');
  });

  it('is found from its lane, and its lane from it', () => {
    expect(['aika.events', 'aika.events.high'].map(withoutLane)).toEqual(['aika.events', 'aika.events']);
    expect(['aika.events', 'aika.events.high'].map(isHighLane)).toEqual([false, true]);
    expect(lanesOf('agent.risk')).toEqual(['agent.risk', 'agent.risk.high']);
    expect(lanesOf('dlq')).toEqual(['dlq']);
  });

  it('of its own is given to stages that exist', () => {
    expect(parseStages(' decision, settlement ,')).toEqual(['decision', 'settlement']);
    expect(parseStages('')).toEqual([]);
    expect(() => parseStages('decision,payment')).toThrow('"payment" is no stage');
  });
});
