import { PolicyBound, PolicyBoundPayload } from '@aika/contracts';
import { AgentController, Handles } from '@aika/messaging/nest';
import { greetingAgent, Greetings, type GreetingContext } from './greeting.agent.js';
import { CustomerGreeted, GreetCustomer, GreetCustomerPayload } from './greeting.messages.js';

@AgentController(greetingAgent)
export class GreetingController {
  @Handles(GreetCustomer)
  greetCustomer({ customerId, name }: GreetCustomerPayload, context: GreetingContext): void {
    greet(customerId, name, context);
  }

  @Handles(PolicyBound)
  policyBound({ customerId }: PolicyBoundPayload, context: GreetingContext): void {
    greet(customerId, 'policyholder', context);
  }
}

function greet(customerId: string, name: string, context: GreetingContext): void {
  const greetings = context.store(Greetings);
  const times = (greetings.get(name) ?? 0) + 1;
  greetings.put(name, times);
  context.emit(CustomerGreeted, { customerId, name, times });
}
