export * from './log-error.js';
export * from './log-record.js';
export * from './message-log.port.js';
export type * from './state-guard.port.js';
export * from './membership.js';
export * from './partition-assigner.js';
export * from './partitioner.js';
export * from './urgent-first.js';
