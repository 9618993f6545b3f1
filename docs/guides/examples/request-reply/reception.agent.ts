import { type ContextOf, defineAgent, defineAsk } from '@aika/messaging';
import {
  CloseVisit,
  CustomerGreeted,
  GreetCustomer,
  RECEPTION_AGENT,
  ReceiveVisitor,
  VisitEnded,
} from './reception.messages.js';

/** Asks the greeting agent; five seconds are enough for a greeting. */
export const AskGreeting = defineAsk({
  name: 'greeting',
  command: GreetCustomer,
  replies: [CustomerGreeted],
  withinMs: 5_000,
}).remembering<{ readonly name: string; readonly arrivedAt: string }>();

export const receptionAgent = defineAgent({
  id: RECEPTION_AGENT,
  inbox: 'agent.reception',
  handles: [ReceiveVisitor, CloseVisit],
  emits: [VisitEnded],
  asks: [AskGreeting],
});

export type ReceptionContext = ContextOf<typeof receptionAgent>;
