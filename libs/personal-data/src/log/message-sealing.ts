import {
  type Catalogue,
  HEADER,
  hasPersonalFields,
  mapPersonal,
  type MessageDefinition,
  type PayloadClass,
} from '@aika/contracts';
import { isErasedMark, isSealed } from '../sealing/sealed-value.js';
import { kindOfField, type ValueSealer } from '../sealing/sealer.js';
import { isObject, type JsonObject, parseObject, textField } from './json-object.js';
import type { SealPlan } from './seal-plan.js';

export type Headers = Readonly<Record<string, string | Buffer>> | undefined;

/** A message as far as it can be told without checking it: stock clients write snake_case, and no headers. */
export interface RoughMessage {
  readonly json: JsonObject;
  readonly payload: JsonObject;
  readonly definition: MessageDefinition | undefined;
  /** The contract of the version in which it is written. */
  readonly contract: PayloadClass | undefined;
  /** Undefined when it names none. */
  readonly customerId: string | undefined;
}

/** Personal fields of messages. */
export class MessageSealing {
  /** Types with a personal field, in any version. */
  private readonly types: ReadonlySet<string>;

  constructor(private readonly catalogue: Catalogue) {
    const personal = catalogue.all().filter((definition) => contractsOf(definition).some(hasPersonalFields));
    this.types = new Set(personal.map(({ type }) => type));
  }

  /** Whether a record may be a message with personal fields: cheap, so that the others pass untouched. */
  mayConcern(value: string | Buffer, headers: Headers): boolean {
    const type = headers?.[HEADER.type];
    if (type !== undefined) return this.types.has(type.toString());
    return [...this.types].some((name) => value.includes(name));
  }

  isPersonal(type: string): boolean {
    return this.types.has(type);
  }

  /** Undefined for what is no JSON object with a payload. */
  read(text: string, headers: Headers): RoughMessage | undefined {
    const json = parseObject(text);
    const payload = json?.['payload'];
    if (!json || !isObject(payload)) return undefined;
    const type = headers?.[HEADER.type]?.toString() ?? textField(json, 'messageType', 'message_type') ?? '';
    const definition = this.catalogue.get(type);
    const version = json['schemaVersion'] ?? json['schema_version'] ?? definition?.version;
    const previous = definition?.previousVersions.find((known) => known.version === version);
    const contract = previous?.payload ?? definition?.payload;
    return {
      json,
      payload,
      definition,
      contract,
      customerId: textField(payload, 'customerId', 'customer_id'),
    };
  }

  /** How a message is sealed; undefined when nothing of it is personal. */
  plan(text: string, headers: Headers): SealPlan | undefined {
    const message = this.read(text, headers);
    if (!message?.contract || message.customerId === undefined || !hasPersonalFields(message.contract)) {
      return undefined;
    }
    const { customerId, contract, json, payload } = message;
    return {
      customerId,
      apply: (sealer) => JSON.stringify({ ...json, payload: sealPayload(contract, payload, sealer) }),
    };
  }
}

/** The payload with everything sealed that its contract marks or does not know. */
export function sealPayload(contract: PayloadClass, payload: JsonObject, sealer: ValueSealer): unknown {
  return mapPersonal(contract, payload, (value, field) => sealer.seal(value, kindOfField(value, field)));
}

/** Whether anything of the payload would be sealed. */
export function hasPersonal(contract: PayloadClass, payload: JsonObject): boolean {
  let has = false;
  mapPersonal(contract, payload, (value) => {
    has = true;
    return value;
  });
  return has;
}

/** Whether a personal field holds what is neither sealed nor erased. */
export function hasPlain(contract: PayloadClass, payload: JsonObject): boolean {
  let has = false;
  mapPersonal(contract, payload, (value) => {
    has ||= !isSealed(value) && !isErasedMark(value);
    return value;
  });
  return has;
}

function contractsOf({ payload, previousVersions }: MessageDefinition): readonly PayloadClass[] {
  return [payload, ...previousVersions.map((previous) => previous.payload)];
}
