export * from './agent/index.js';
export * from './ports/index.js';
