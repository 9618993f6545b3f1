import type { ProducerIdentity } from './idempotent-appender.js';
import type { KafkaCluster } from './kafka-cluster.js';
import { assertNoError, toLogError } from './kafka-errors.js';

interface InitProducerIdAnswer extends ProducerIdentity {
  readonly errorCode: number;
}

const INIT_TIMEOUT_MS = 60_000;

/** A producer id for a writer without transactions. @throws LogError `UNAVAILABLE` */
export async function plainIdentity(cluster: KafkaCluster): Promise<ProducerIdentity> {
  return initialise(cluster, 'producer id', () =>
    cluster.callAny('InitProducerId', { transactionTimeout: INIT_TIMEOUT_MS }),
  );
}

/**
 * The producer id of a transactional id, in a new epoch: earlier writers of the same id are refused from now
 * on, and a transaction that one of them left open is aborted before this resolves.
 * @throws LogError `UNAVAILABLE`
 */
export async function transactionalIdentity(
  cluster: KafkaCluster,
  transactionalId: string,
  transactionTimeoutMs: number,
): Promise<ProducerIdentity> {
  return initialise(cluster, `producer id of ${transactionalId}`, () =>
    cluster.askCoordinator('transaction', transactionalId, async (nodeId) => {
      const answer = await cluster.call(nodeId, 'InitProducerId', {
        transactionalId,
        transactionTimeout: transactionTimeoutMs,
      });
      assertNoError((answer as InitProducerIdAnswer).errorCode, 'InitProducerId');
      return answer;
    }),
  );
}

async function initialise(
  cluster: KafkaCluster,
  what: string,
  ask: () => Promise<unknown>,
): Promise<ProducerIdentity> {
  try {
    return await cluster.retrying({ what, timeoutMs: INIT_TIMEOUT_MS, longestPauseMs: 100 }, async () => {
      const answer = (await ask()) as InitProducerIdAnswer;
      assertNoError(answer.errorCode, 'InitProducerId');
      return { producerId: answer.producerId, producerEpoch: answer.producerEpoch };
    });
  } catch (error) {
    throw toLogError(error, what);
  }
}
