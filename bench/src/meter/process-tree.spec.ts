import { describe, expect, it } from '@jest/globals';
import { cpuOfTree, processStatOf } from './process-tree.js';

const STAT = '42 (post gres: (x)) S 7 42 42 0 -1 4194304 1 2 3 4 100 20 3 1 20 0 1 0 55 1000 10';

describe('the CPU of a process', () => {
  it('is its own and that of the children it has waited for, whatever its name holds', () => {
    expect(processStatOf(STAT)).toEqual({ parent: 7, cpuMs: 1240 });
  });

  it('has that of everything it has started', () => {
    const stats = new Map([
      [1, { parent: 0, cpuMs: 5 }],
      [2, { parent: 1, cpuMs: 10 }],
      [3, { parent: 2, cpuMs: 20 }],
      [4, { parent: 0, cpuMs: 1000 }],
    ]);
    expect([cpuOfTree(1, stats), cpuOfTree(3, stats)]).toEqual([35, 20]);
  });

  it('is no number where there is no such process', () => {
    expect(cpuOfTree(9, new Map())).toBeNaN();
  });
});
