export * from './log-error.js';
export * from './log-record.js';
export * from './message-log.port.js';
