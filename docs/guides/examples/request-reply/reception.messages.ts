import { defineMessage, fields } from '@aika/contracts';
import {
  CustomerGreeted,
  GreetCustomer,
  catalogue as greetingCatalogue,
} from '../greeting-agent/greeting.messages.js';

export const RECEPTION_AGENT = 'reception-agent';

export class VisitPayload {
  @fields.Id()
  readonly customerId!: string;

  @fields.Text({ max: 100 })
  readonly name!: string;
}

export class VisitEndedPayload extends VisitPayload {
  @fields.Text({ max: 100 })
  readonly how!: string;
}

export const ReceiveVisitor = defineMessage({
  type: 'RECEIVE_VISITOR',
  kind: 'command',
  owner: RECEPTION_AGENT,
  stage: 'intake',
  payload: VisitPayload,
  example: { customerId: 'cust-1', name: 'Ada' },
});

/** From a timer of the agent to itself. */
export const CloseVisit = defineMessage({
  type: 'CLOSE_VISIT',
  kind: 'command',
  owner: RECEPTION_AGENT,
  stage: 'intake',
  payload: VisitPayload,
  example: { customerId: 'cust-1', name: 'Ada' },
});

export const VisitEnded = defineMessage({
  type: 'VISIT_ENDED',
  kind: 'event',
  owner: RECEPTION_AGENT,
  stage: 'intake',
  payload: VisitEndedPayload,
  example: { customerId: 'cust-1', name: 'Ada', how: 'not greeted in time' },
});

export const catalogue = greetingCatalogue.with([ReceiveVisitor, CloseVisit, VisitEnded]);
export { CustomerGreeted, GreetCustomer };
