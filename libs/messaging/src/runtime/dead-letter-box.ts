import type { AgentManifest } from '../agent/index.js';
import type { LogRecord } from '../ports/index.js';
import type { Batch } from './batch.js';
import { deadLetter, messageOf } from './dead-letter.js';
import type { RuntimeLogger } from './runtime-logger.js';

export interface DeadLetterBoxOptions {
  readonly agent: AgentManifest;
  readonly namespace: string;
  readonly logger: RuntimeLogger;
  /** Milliseconds since 1970 UTC. */
  readonly clock: () => number;
}

/** Gives records up: they travel to the dead letters in the transaction that consumes them. */
export class DeadLetterBox {
  constructor(private readonly options: DeadLetterBoxOptions) {}

  put(batch: Batch, record: LogRecord, error: unknown, attempts: number): void {
    const { agent, namespace, logger, clock } = this.options;
    const at = new Date(clock()).toISOString();
    const { topic, partition, offset } = record;
    batch.outputs.push(deadLetter(record, error, { namespace, agentId: agent.id, partition, attempts, at }));
    batch.deadLetters++;
    const reason = messageOf(error);
    logger.error('record sent to the dead letters', { topic, partition, offset, attempts, reason });
  }
}
