import { createCatalogue, defineMessage, fields, GiveUpParked, RetryParked } from '@aika/contracts';
import { defineAgent, defineEffect, defineStore } from '../../agent/index.js';

/** An agent that adds up amounts per customer: the smallest one that needs everything of the runtime. */
export const COUNTER = 'risk-assessment-agent';

export class AddPayload {
  @fields.Id()
  readonly customerId!: string;
  @fields.Int({ min: -1000, max: 1000 })
  readonly amount!: number;
}
export class AddedPayload extends AddPayload {
  @fields.Int({})
  readonly total!: number;
}

const example = { customerId: 'c-1', amount: 1 };
export const Add = defineMessage({
  type: 'ADD',
  kind: 'command',
  owner: COUNTER,
  stage: 'intake',
  payload: AddPayload,
  example,
});
export const AddLater = defineMessage({
  type: 'ADD_LATER',
  kind: 'command',
  owner: COUNTER,
  stage: 'intake',
  payload: AddPayload,
  example,
});
export const AddOutside = defineMessage({
  type: 'ADD_OUTSIDE',
  kind: 'command',
  audited: true,
  owner: COUNTER,
  stage: 'intake',
  payload: AddPayload,
  example,
});
export const Added = defineMessage({
  type: 'ADDED',
  kind: 'event',
  owner: COUNTER,
  stage: 'decision',
  payload: AddedPayload,
  example: { ...example, total: 1 },
});
export const Confirmed = defineMessage({
  type: 'CONFIRMED',
  kind: 'event',
  owner: COUNTER,
  stage: 'settlement',
  payload: AddPayload,
  example,
});
export const Foreign = defineMessage({
  type: 'FOREIGN',
  kind: 'command',
  owner: 'another-agent',
  stage: 'intake',
  payload: AddPayload,
  example,
});
export const catalogue = createCatalogue([
  Add,
  AddLater,
  AddOutside,
  Added,
  Confirmed,
  Foreign,
  RetryParked,
  GiveUpParked,
]);

export const Confirm = defineEffect<{ customerId: string; amount: number }>({
  name: 'confirm',
  backoffMs: 5,
  maxBackoffMs: 20,
});
export const Totals = defineStore<number>('totals');

export const counterAgent = defineAgent({
  id: COUNTER,
  inbox: 'agent.risk',
  handles: [Add, AddLater, AddOutside],
  emits: [Added, Confirmed],
  effects: [Confirm],
  steward: true,
});
