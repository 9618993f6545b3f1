export * from './agent/index.js';
export * from './client/index.js';
export * from './dead-letters/index.js';
export * from './ports/index.js';
export * from './replay/index.js';
export * from './runtime/index.js';
