import { Controller, Inject } from '@nestjs/common';
import { ClientKafka, EventPattern, MessagePattern, Payload } from '@nestjs/microservices';
import { GreetCustomerPayload } from '../greeting-agent/greeting.messages.js';

/** On Nest's Kafka transport. */
@Controller()
export class GreetingController {
  private readonly times = new Map<string, number>();

  constructor(@Inject('KAFKA') private readonly kafka: ClientKafka) {}

  @EventPattern('GREET_CUSTOMER')
  greet(@Payload() { customerId, name }: GreetCustomerPayload): void {
    const times = this.count(customerId);
    this.kafka.emit('CUSTOMER_GREETED', { key: customerId, value: { customerId, name, times } });
  }

  @MessagePattern('COUNT_GREETINGS')
  countOf(@Payload() { customerId, name }: GreetCustomerPayload) {
    return { customerId, name, times: this.times.get(customerId) ?? 0 };
  }

  private count(customerId: string): number {
    const times = (this.times.get(customerId) ?? 0) + 1;
    this.times.set(customerId, times);
    return times;
  }
}
