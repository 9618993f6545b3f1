/** What a request of the load is, in three classes. */
export type RequestClass = 'read' | 'workflow' | 'light';

/** A slot in twenty starts a workflow and one is a lighter write: nine in ten are reads. */
const CYCLE = 20;
const WORKFLOW_SLOT = 5;
const LIGHT_SLOT = 15;

/** The class of the nth request. Writes come evenly, so that each second has the same number of them. */
export function classOf(n: number): RequestClass {
  if (n % CYCLE === WORKFLOW_SLOT) return 'workflow';
  return n % CYCLE === LIGHT_SLOT ? 'light' : 'read';
}

/** When the nth request is due, in milliseconds after the start: a schedule that no answer can put off. */
export function dueMs(n: number, perSecond: number): number {
  return (n * 1000) / perSecond;
}

/** How many requests are due by a moment, of `count` in all. */
export function dueBy(elapsedMs: number, perSecond: number, count: number): number {
  return Math.max(0, Math.min(count, Math.floor((elapsedMs * perSecond) / 1000) + 1));
}

/** A choice by weights. `share`: from 0 (included) to 1 (excluded). */
export function chosen<Name extends string>(weights: Readonly<Record<Name, number>>, share: number): Name {
  const entries = Object.entries(weights) as [Name, number][];
  let left = share * entries.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [name, weight] of entries) {
    left -= weight;
    if (left < 0) return name;
  }
  throw new RangeError(`${share} is not below 1, or there is no weight.`);
}
