export type { ApiName } from './api-names.js';
export type { Direction, FaultRule, ProxyFault } from './fault-rules.js';
export { KafkaProxy, type FrameCounts } from './kafka-proxy.js';
