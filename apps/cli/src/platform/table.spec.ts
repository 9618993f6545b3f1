import { describe, expect, it } from '@jest/globals';
import { table } from './table.js';

describe('table', () => {
  it('aligns columns to their widest cell and leaves no blanks at line ends', () => {
    expect(
      table(
        ['id', 'address'],
        [
          ['1', '127.0.0.1:19092'],
          ['12', 'b'],
        ],
      ),
    ).toBe('ID  ADDRESS\n1   127.0.0.1:19092\n12  b');
  });

  it('shows the headings alone when there are no rows', () => {
    expect(table(['topic', 'lag'], [])).toBe('TOPIC  LAG');
  });
});
