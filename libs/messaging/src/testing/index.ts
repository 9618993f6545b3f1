export * from './test-bed.js';
