export * from './conduct.js';
export * from './durations.js';
export * from './entity.js';
export * from './saga.js';
export * from './saga-step.js';
export * from './saga-transition.js';
