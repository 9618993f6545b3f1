export * from './ask.js';
export * from './define-agent.js';
export * from './effect.js';
export * from './handler-context.js';
export * from './handler-error.js';
export * from './store.js';
