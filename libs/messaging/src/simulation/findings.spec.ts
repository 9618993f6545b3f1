import { describe, expect, it } from '@jest/globals';
import { compareSequences } from './findings.js';

describe('comparing what came out with what went in', () => {
  it('finds nothing in equal sequences', () => {
    expect(compareSequences('x', [1, 2, 3], [1, 2, 3])).toEqual([]);
  });

  it('calls what is missing lost', () => {
    expect(compareSequences('x', [1, 2, 3], [1, 3])).toEqual([{ kind: 'lost', what: 'x #2' }]);
  });

  it('calls each repetition, and what nobody sent, doubled', () => {
    expect(compareSequences('x', [1, 2], [1, 2, 1, 1, 9])).toEqual([
      { kind: 'doubled', what: 'x #1' },
      { kind: 'doubled', what: 'x #1' },
      { kind: 'doubled', what: 'x #9' },
    ]);
  });

  it('judges the order by the first time of each', () => {
    expect(compareSequences('x', [1, 2, 3], [2, 1, 3])).toEqual([{ kind: 'reordered', what: 'x: 2 1 3' }]);
    expect(compareSequences('x', [1, 2, 3], [1, 2, 1, 3]).map(({ kind }) => kind)).toEqual(['doubled']);
  });
});
