export * from './ask-error.js';
export { QueueFullError, type DeliveryReport, type QueueLimits } from './delivery-queue.js';
export * from './message-sender.js';
