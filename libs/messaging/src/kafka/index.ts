export * from './kafka-admin.js';
export * from './kafka-log.js';
