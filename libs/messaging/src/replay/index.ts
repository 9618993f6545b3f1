export type { FieldDifference } from './field-differences.js';
export { replayHistory } from './history-replay.js';
export * from './replay-error.js';
export * from './replay-options.js';
export { parseReplayPoint, pointText, type ReplayPoint } from './replay-point.js';
export * from './replay-report.js';
