import { AskRefusedError, AskTimeoutError, type MessageSender } from '@aika/messaging';
import { CustomerGreeted, GreetCustomer } from './reception.messages.js';

/** Asks the greeting agent from outside, as an HTTP handler would: it may wait, a handler of an agent may not. */
export async function greetingsOf(sender: MessageSender, customerId: string, name: string): Promise<number> {
  try {
    const options = { replies: [CustomerGreeted], timeoutMs: 2_000 };
    const answer = await sender.ask(GreetCustomer, { customerId, name }, options);
    return answer.payload.times;
  } catch (error) {
    // Refused: the agent has decided. Timed out: it may yet be done, so do not send it again under a new id.
    if (error instanceof AskRefusedError || error instanceof AskTimeoutError) return 0;
    throw error;
  }
}
