import { defineMessage, fields } from '@aika/contracts';
import {
  catalogue as greetingCatalogue,
  GREETING_AGENT,
  GreetCustomerPayload,
} from '../greeting-agent/greeting.messages.js';

export class GreetingsCountedPayload extends GreetCustomerPayload {
  @fields.Int({ min: 0 })
  readonly times!: number;
}

const ada = { customerId: 'cust-1', name: 'Ada' };

export const CountGreetings = defineMessage({
  type: 'COUNT_GREETINGS',
  kind: 'command',
  owner: GREETING_AGENT,
  stage: 'intake',
  payload: GreetCustomerPayload,
  example: ada,
});

export const GreetingsCounted = defineMessage({
  type: 'GREETINGS_COUNTED',
  kind: 'event',
  owner: GREETING_AGENT,
  stage: 'intake',
  payload: GreetingsCountedPayload,
  example: { ...ada, times: 0 },
});

export const catalogue = greetingCatalogue.with([CountGreetings, GreetingsCounted]);
