import { MemoryStateStore } from './memory-state-store.js';
import { describeStateStore } from './suite/state-store.suite.js';

describeStateStore('in memory', {
  create: () => Promise.resolve(new MemoryStateStore()),
  settle: () => Promise.resolve(),
  close: () => Promise.resolve(),
});
