import type { Catalogue } from '@aika/contracts';
import { customerOf, type EffectDefinition, kindOf, type StoreDefinition } from '@aika/messaging';
import { kindOfValue, type ValueSealer } from '../sealing/sealer.js';
import { isObject, type JsonObject, parseObject } from './json-object.js';
import { type MessageSealing, sealPayload } from './message-sealing.js';
import type { SealPlan } from './seal-plan.js';

export interface PersonalState {
  /** Stores of the agent with personal fields. */
  readonly stores: readonly StoreDefinition<unknown>[];
  /** Effects of the agent with personal fields in what they are asked. */
  readonly effects: readonly Pick<EffectDefinition, 'name' | 'personal'>[];
}

const MESSAGE_TYPE = /"messageType":"([A-Z0-9_]+)"/;
const HEAD = '/head';

/** Personal fields of an agent's state, as it stands in the changelog. */
export class StateSealing {
  private readonly stores: ReadonlyMap<string, readonly string[]>;
  private readonly effects: ReadonlyMap<string, readonly string[]>;

  constructor(
    state: PersonalState,
    private readonly messages: MessageSealing,
    private readonly catalogue: Catalogue,
  ) {
    this.stores = fieldsByName(state.stores);
    this.effects = fieldsByName(state.effects);
  }

  plan(key: string, value: string): SealPlan | undefined {
    const apply = this.sealing(key, value);
    return apply && { customerId: customerOf(key), apply };
  }

  private sealing(key: string, value: string): SealPlan['apply'] | undefined {
    switch (kindOf(key)) {
      case 'store':
        return this.store(key.split('/')[2] ?? '', value);
      case 'effect':
        return this.effect(value);
      case 'timer':
        return this.timer(value);
      case 'parked':
        return key.endsWith(HEAD) ? undefined : this.parked(value);
      case 'seen':
      case undefined:
        return undefined;
    }
  }

  private store(name: string, value: string): SealPlan['apply'] | undefined {
    const fields = this.stores.get(name);
    return fields && ((sealer) => inObject(value, 'd', (stored) => sealed(stored, fields, sealer)));
  }

  private effect(value: string): SealPlan['apply'] | undefined {
    if (this.effects.size === 0) return undefined;
    const fields = this.effects.get(String(parseObject(value)?.['name']));
    return fields && ((sealer) => inObject(value, 'request', (request) => sealed(request, fields, sealer)));
  }

  private timer(value: string): SealPlan['apply'] | undefined {
    const [, type = ''] = MESSAGE_TYPE.exec(value) ?? [];
    const contract = this.messages.isPersonal(type) ? this.catalogue.get(type)?.payload : undefined;
    return (
      contract &&
      ((sealer) => inObject(value, 'payload', (payload) => sealPayload(contract, payload, sealer)))
    );
  }

  /** The message that waits is a text within the entry, and its headers are in base64. */
  private parked(value: string): SealPlan['apply'] | undefined {
    const entry = parseObject(value);
    const text = entry?.['value'];
    if (!entry || typeof text !== 'string') return undefined;
    const plan = this.messages.plan(text, undefined);
    return plan && ((sealer) => JSON.stringify({ ...entry, value: plan.apply(sealer)?.toString() ?? text }));
  }
}

/** Opens an entry of the changelog, with the message within a parked one. */
export function openState(key: string, value: string, sealer: ValueSealer): string {
  const entry = sealer.openAll(JSON.parse(value));
  if (kindOf(key) !== 'parked' || !isObject(entry)) return JSON.stringify(entry);
  const message = parseObject(String(entry['value']));
  return JSON.stringify(message ? { ...entry, value: JSON.stringify(sealer.openAll(message)) } : entry);
}

function inObject(text: string, name: string, map: (value: JsonObject) => unknown): string | undefined {
  const object = parseObject(text);
  const value = object?.[name];
  return isObject(value) ? JSON.stringify({ ...object, [name]: map(value) }) : undefined;
}

function sealed(object: JsonObject, fields: readonly string[], sealer: ValueSealer): JsonObject {
  const all = Object.entries(object).map(
    ([name, value]) =>
      [name, fields.includes(name) ? sealer.seal(value, kindOfValue(value)) : value] as const,
  );
  return Object.fromEntries(all.filter(([, value]) => value !== undefined));
}

function fieldsByName(
  definitions: readonly { readonly name: string; readonly personal?: readonly string[] }[],
): ReadonlyMap<string, readonly string[]> {
  return new Map(definitions.flatMap(({ name, personal }) => (personal ? [[name, personal] as const] : [])));
}
