export { ClockFault } from './clock/clock-fault.js';
export { findInBrokerFiles, findInFolder, type FoundText } from './disk/broker-files.js';
export { canFillDisk, fillDisk, freeDisk, haltedByFullDisk } from './disk/full-disk.js';
export { editSegments } from './disk/segment-edit.js';
export { FailpointControl } from './failpoints/failpoint-control.js';
export {
  FAILPOINTS,
  type Failpoint,
  type FailpointAction,
  type FailpointOrder,
  type FailpointReport,
} from './failpoints/failpoint-trigger.js';
export {
  groupOffsets,
  readCommittedWithJava,
  type CommittedRecord,
  type GroupProgress,
  type JavaReadOptions,
} from './java/committed-reader.js';
export { healBrokers, whileBrokersDown, whileBrokersSuspended } from './processes/broker-faults.js';
export {
  killPostgres,
  spoilRows,
  whilePostgresSuspended,
  whileWaitingForTable,
} from './processes/postgres-faults.js';
export { isSuspended, resume, resumeAll, suspend, whileSuspended } from './processes/suspend.js';
export type { ApiName } from './proxy/api-names.js';
export { findCoordinator } from './proxy/broker-question.js';
export type { Direction, FaultRule, ProxyFault } from './proxy/fault-rules.js';
export { KafkaProxy, type FrameCounts } from './proxy/kafka-proxy.js';
export { drawUpTo, seededRandom } from './seeded-random.js';
