export * from './kafka-admin.js';
export * from './kafka-log.js';
export * from './kafka-options.js';
export { COMPRESSIONS, type Compression } from './wire/compression.js';
