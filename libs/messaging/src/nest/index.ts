export * from './agent-controller.decorator.js';
export * from './agent-settings.js';
export * from './aika.client.js';
export * from './aika.module.js';
export * from './aika.transport.js';
export * from './handler-error.filter.js';
export * from './run-agent.js';
export * from './tokens.js';
