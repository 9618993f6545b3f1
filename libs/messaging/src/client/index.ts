export * from './message-sender.js';
