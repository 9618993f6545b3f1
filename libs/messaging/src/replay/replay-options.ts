import type { AgentRuntimeOptions } from '../runtime/index.js';
import type { ReplayPoint } from './replay-point.js';
import type { ReplayProgress } from './replay-report.js';

/** Which part of the history is replayed, and what is told. */
export interface ReplayRequest {
  /** Absent: as far back as history goes. A position or a message chooses its partition alone. */
  readonly from?: ReplayPoint;
  /** Absent: to the end, as it is when the replay begins. */
  readonly until?: ReplayPoint;
  /** Only this customer's messages. */
  readonly customerId?: string;
  /** Writes what was made again, and the state, to the topics of this namespace, which have to be there. */
  readonly writeTo?: string;
  /** Differences told with their values: they may hold personal data. Default false. */
  readonly values?: boolean;
  /** Differences kept for the report; all are counted. Default 20. */
  readonly limit?: number;
  /** Values of state topics are kept uncompacted for so long, milliseconds. Default 1 hour. */
  readonly uncompactedMs?: number;
}

/** An agent as it runs, without what a replay has no use for: effects are never run. */
export interface ReplayOptions extends Omit<AgentRuntimeOptions, 'effects' | 'instanceId'> {
  readonly request: ReplayRequest;
  readonly signal?: AbortSignal;
  /** After each batch of steps. */
  readonly onProgress?: (progress: ReplayProgress) => void;
}
