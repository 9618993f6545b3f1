import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, MessagePattern, Payload } from '@nestjs/microservices';
import { defineAgent, type ContextOf } from '@aika/messaging';
import { Greetings } from '../greeting-agent/greeting.agent.js';
import { CustomerGreeted, GreetCustomer, GreetCustomerPayload } from '../greeting-agent/greeting.messages.js';
import { CountGreetings, GreetingsCounted } from './count-greetings.messages.js';

export const greetingAgent = defineAgent({
  id: 'greeting-agent',
  inbox: 'agent.greeting',
  handles: [GreetCustomer, CountGreetings],
  emits: [CustomerGreeted, GreetingsCounted],
});
type GreetingContext = ContextOf<typeof greetingAgent>;

/** The same on Aika. `AgentController`, `Handles` and `Replies` say it shorter and with types. */
@Controller()
export class GreetingController {
  @EventPattern<string>('GREET_CUSTOMER')
  greet(@Payload() { customerId, name }: GreetCustomerPayload, @Ctx() context: GreetingContext): void {
    const times = (context.store(Greetings).get(customerId) ?? 0) + 1;
    context.store(Greetings).put(customerId, times);
    context.emit(CustomerGreeted, { customerId, name, times });
  }

  @MessagePattern('COUNT_GREETINGS', { reply: GreetingsCounted })
  countOf(@Payload() { customerId, name }: GreetCustomerPayload, @Ctx() context: GreetingContext) {
    return { customerId, name, times: context.store(Greetings).get(customerId) ?? 0 };
  }
}
