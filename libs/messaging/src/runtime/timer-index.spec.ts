import { describe, expect, it } from '@jest/globals';
import { TimerIndex } from './timer-index.js';

describe('the timer index', () => {
  it('gives timers at their time, earliest first, and keeps them until they are deleted', () => {
    const timers = new TimerIndex();
    timers.set('b', 200);
    timers.set('a', 100);
    timers.set('c', 300);
    expect(timers.due(99, 10)).toEqual([]);
    expect(timers.due(250, 10)).toEqual(['a', 'b']);
    expect(timers.due(250, 10)).toEqual(['a', 'b']);
    timers.delete('a');
    expect(timers.due(250, 10)).toEqual(['b']);
    expect(timers.next()).toBe(200);
  });

  it('follows a timer that is moved, earlier and later', () => {
    const timers = new TimerIndex();
    timers.set('a', 100);
    timers.set('a', 500);
    expect(timers.due(200, 10)).toEqual([]);
    timers.set('a', 50);
    expect(timers.due(60, 10)).toEqual(['a']);
    expect(timers.size).toBe(1);
  });

  it('is set back to the same time without firing twice', () => {
    const timers = new TimerIndex();
    timers.set('a', 100);
    timers.set('a', 300);
    timers.set('a', 100);
    expect(timers.due(100, 10)).toEqual(['a']);
    timers.delete('a');
    expect(timers.next()).toBeUndefined();
  });

  it('gives at most what is asked for', () => {
    const timers = new TimerIndex();
    for (let n = 0; n < 10; n++) timers.set(`t${n}`, n);
    expect(timers.due(100, 3)).toEqual(['t0', 't1', 't2']);
  });
});
