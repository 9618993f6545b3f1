import { ClientKafka } from '@nestjs/microservices';
import { lastValueFrom } from 'rxjs';
import { requestTopicOf } from '../../cluster/bench-cluster.js';

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

  async ask(message: { readonly key: string; readonly value: string }): Promise<unknown> {
    // A copy: Nest writes headers into what it is given.
    return lastValueFrom(this.client.send(this.topic, { ...message }));
  }

  async close(): Promise<void> {
    await this.client.close();
  }
}
