import { describe, expect, it } from '@jest/globals';
import { urgentFirst } from './urgent-first.js';

/** What a poll for `max` brings of so many urgent and other records. */
function poll(max: number, counts: { readonly urgent: number; readonly others: number }) {
  const stock = { ...counts };
  const take = (kind: 'urgent' | 'others') => (asked: number) => {
    const count = Math.min(asked, stock[kind]);
    stock[kind] -= count;
    return Array.from({ length: count }, () => kind);
  };
  const taken = urgentFirst<'urgent' | 'others'>(max, take('urgent'), take('others'));
  return [taken.lastIndexOf('urgent') + 1, taken.filter((kind) => kind === 'others').length];
}

describe('a poll', () => {
  it.each([
    ['brings others alone when nothing is urgent', 20, { urgent: 0, others: 50 }, [0, 20]],
    ['keeps a tenth for others in a flood', 20, { urgent: 50, others: 50 }, [18, 2]],
    ['is all urgent when no others wait', 20, { urgent: 50, others: 0 }, [20, 0]],
    ['is short beside a few urgent ones', 20, { urgent: 1, others: 50 }, [1, 5]],
    ['of one record is the urgent one', 1, { urgent: 1, others: 1 }, [1, 0]],
  ])('%s', (_rule, max, counts, expected) => {
    expect(poll(max, counts)).toEqual(expected);
  });
});
