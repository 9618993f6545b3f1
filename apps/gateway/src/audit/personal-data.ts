import { type Catalogue, type MessageDefinition, NO_CUSTOMER, personalFieldNames } from '@aika/contracts';
import type { Request } from 'express';
import { PERSONAL_TEXTS } from '../identity/masking/answer-shape.js';

const whose = new WeakMap<Request, ReadonlySet<string>>();

/** Says whose data an answer holds, where the answer does not say it itself. */
export function tellWhose(request: Request, customers: Iterable<string>): void {
  whose.set(request, new Set(customers));
}

/** As `tellWhose` said it; undefined where it did not. */
export function whoseData(request: Request): ReadonlySet<string> | undefined {
  const told = whose.get(request);
  return told !== undefined && told.size > 0 ? told : undefined;
}

/**
 * The customers whose personal data an answer holds, by the marks of the contracts; empty where it holds none.
 *
 * @param answer an answer or an event of the stream, with messages at any depth
 * @param operationId the route, some of which answer texts of others
 * @param fallback whose they are where the answer does not tell
 */
export function customersIn(
  answer: unknown,
  operationId: string,
  catalogue: Catalogue,
  fallback: Iterable<string> = [NO_CUSTOMER],
): ReadonlySet<string> {
  const found = new Set<string>();
  const texts = PERSONAL_TEXTS[operationId] ?? [];
  const walk = (value: unknown, customers: Iterable<string>): void => {
    if (Array.isArray(value)) return value.forEach((entry) => walk(entry, customers));
    if (!isObject(value)) return;
    const own = ownerOf(value) ?? customers;
    for (const [name, field] of Object.entries(value)) {
      const isFound =
        name === 'payload' ? isPersonal(value, field, catalogue) : texts.includes(name) && field !== '';
      if (!isFound) walk(name === 'payload' ? undefined : field, own);
      else for (const customer of (isObject(field) && ownerOf(field)) || own) found.add(customer);
    }
  };
  walk(answer, fallback);
  return found;
}

function ownerOf({ customerId }: Readonly<Record<string, unknown>>): readonly string[] | undefined {
  return typeof customerId === 'string' ? [customerId] : undefined;
}

/** Of what no contract describes nobody has said that it is not. */
function isPersonal(
  { messageType, type = messageType }: Readonly<Record<string, unknown>>,
  payload: unknown,
  catalogue: Catalogue,
): boolean {
  const definition = typeof type === 'string' ? catalogue.get(type) : undefined;
  return definition === undefined || holdsAny(payload, namesOf(definition));
}

const known = new WeakMap<MessageDefinition, ReadonlySet<string>>();

function namesOf(definition: MessageDefinition): ReadonlySet<string> {
  let names = known.get(definition);
  if (names === undefined) {
    names = personalFieldNames([definition.payload]);
    known.set(definition, names);
  }
  return names;
}

function holdsAny(value: unknown, names: ReadonlySet<string>): boolean {
  if (names.size === 0) return false;
  if (Array.isArray(value)) return value.some((entry) => holdsAny(entry, names));
  if (!isObject(value)) return false;
  return Object.entries(value).some(([name, field]) => names.has(name) || holdsAny(field, names));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
