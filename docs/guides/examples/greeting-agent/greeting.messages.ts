import { catalogue as productCatalogue, defineMessage, fields } from '@aika/contracts';

export const GREETING_AGENT = 'greeting-agent';

export class GreetCustomerPayload {
  @fields.Id()
  readonly customerId!: string;

  @fields.Text({ max: 100 })
  readonly name!: string;
}

export class CustomerGreetedPayload extends GreetCustomerPayload {
  @fields.Int({ min: 1, description: 'How often this customer has been greeted.' })
  readonly times!: number;
}

export const GreetCustomer = defineMessage({
  type: 'GREET_CUSTOMER',
  kind: 'command',
  owner: GREETING_AGENT,
  stage: 'intake',
  payload: GreetCustomerPayload,
  example: { customerId: 'cust-1', name: 'Ada' },
});

export const CustomerGreeted = defineMessage({
  type: 'CUSTOMER_GREETED',
  kind: 'event',
  owner: GREETING_AGENT,
  stage: 'intake',
  payload: CustomerGreetedPayload,
  example: { customerId: 'cust-1', name: 'Ada', times: 1 },
});

/** What this agent understands: the product's messages and its own. */
export const catalogue = productCatalogue.with([GreetCustomer, CustomerGreeted]);
