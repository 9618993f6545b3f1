import { ClientKafka } from '@nestjs/microservices';
import { lastValueFrom, throwError, timeout } from 'rxjs';
import { requestTopicOf } from '../../cluster/bench-cluster.js';
import { NoReplyError, REPLY_WITHIN_MS } from '../../meter/reply-follower.js';

/** Nest's request-reply as its documentation has it: one client, subscribed to the reply topic before it connects. */
export class NestRequester {
  private constructor(
    private readonly client: ClientKafka,
    private readonly topic: string,
  ) {}

  static async connect(brokers: readonly string[], namespace: string, name: string): Promise<NestRequester> {
    const topic = requestTopicOf(namespace);
    const client = new ClientKafka({
      client: { clientId: name, brokers: [...brokers] },
      consumer: { groupId: name },
      producer: { idempotent: true, maxInFlightRequests: 1 },
      send: { acks: -1 },
    });
    client.subscribeToResponseOf(topic);
    await client.connect();
    return new NestRequester(client, topic);
  }

  /** @throws NoReplyError */
  async ask(message: { readonly key: string; readonly value: string }): Promise<unknown> {
    // A copy: Nest writes headers into what it is given.
    const answer = this.client.send<unknown>(this.topic, { ...message });
    const late = (): ReturnType<typeof throwError> => throwError(() => new NoReplyError(message.key));
    return lastValueFrom(answer.pipe(timeout({ each: REPLY_WITHIN_MS, with: late })));
  }

  async close(): Promise<void> {
    await this.client.close();
  }
}
