export * from './kafka-admin.js';
