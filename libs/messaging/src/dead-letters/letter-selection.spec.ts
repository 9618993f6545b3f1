import { describe, expect, it } from '@jest/globals';
import { LetterSelection } from './letter-selection.js';

const ID = 'msg-0123456789abcdef0123456789abcdef';
const LIKE = 'msg-0123ffffffffffffffffffffffffffff';
const found = new Map([
  [ID, 1],
  [LIKE, 1],
]);

describe('ids of letters', () => {
  it('mean the letter that they name whole', () => {
    expect(new LetterSelection([ID]).select(ID, found)).toEqual({ kind: 'one', id: ID });
  });

  it('mean the one letter that begins so', () => {
    const selection = new LetterSelection(['msg-01234']);
    expect(selection.select('msg-01234', found)).toEqual({ kind: 'one', id: ID });
    expect([ID, LIKE].filter((id) => selection.wants(id))).toEqual([ID]);
  });

  it('mean none when several begin so', () => {
    expect(new LetterSelection(['msg-0123']).select('msg-0123', found)).toEqual({
      kind: 'several',
      count: 2,
    });
  });

  it('mean none when they are so short that a slip would hit a letter', () => {
    const selection = new LetterSelection(['msg-012']);
    expect(selection.select('msg-012', new Map([[ID, 1]]))).toEqual({ kind: 'none' });
    expect(selection.wants(ID)).toBe(false);
  });
});
