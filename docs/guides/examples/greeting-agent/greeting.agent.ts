import { PolicyBound } from '@aika/contracts';
import { type ContextOf, defineAgent, defineStore } from '@aika/messaging';
import { CustomerGreeted, GreetCustomer, GREETING_AGENT } from './greeting.messages.js';

/** Greets customers on request, and whenever a policy of theirs is bound. */
export const greetingAgent = defineAgent({
  id: GREETING_AGENT,
  inbox: 'agent.greeting',
  handles: [GreetCustomer, PolicyBound],
  emits: [CustomerGreeted],
});

export type GreetingContext = ContextOf<typeof greetingAgent>;

/** Greetings so far, under the name that was greeted. */
export const Greetings = defineStore<number>('greetings');
