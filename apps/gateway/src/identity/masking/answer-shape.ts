import { type Catalogue, MASKED, withoutPersonal } from '@aika/contracts';
import { SEE_PERSONAL } from '../access/access-rules.js';
import type { Principal } from '../principal.js';

/**
 * How much of an answer somebody sees: all of it; without personal data; or, as a customer, their own data but not
 * what the insurer thinks of them.
 */
export type Sight = 'whole' | 'masked' | 'customer';

export function sightOf(principal: Principal | undefined): Sight {
  if (principal === undefined) return 'whole';
  if (principal.roles.some((role) => SEE_PERSONAL.includes(role))) return 'whole';
  return principal.roles.some((role) => role !== 'customer') ? 'masked' : 'customer';
}

/** Fields that are texts of others, by the route's name in the OpenAPI document. */
export const PERSONAL_TEXTS: Readonly<Record<string, readonly string[]>> = {
  listConversationMessages: ['text'],
  // Records that are no messages: nobody knows what is in them.
  readTopic: ['value'],
  getDeadLetter: ['body'],
};

/** What the insurer thinks of a customer or a claim, and which employee decided. */
const INTERNAL = new Set([
  'riskScore',
  'fraudPoints',
  'fraudIndicators',
  'indicators',
  'requiredAuthority',
  'decidedBy',
  'approvedBy',
  'deniedBy',
]);
/** The step in which agents tell each other what they think of somebody. */
export const INTERNAL_STAGE = 'assessment';
const INTERNAL_REASONS = new Set(['fraud_points', 'above_automatic_limit', 'above_own_authority']);

/** An answer as its caller may see it. The answer itself is not changed. */
export function shapedAnswer(
  answer: unknown,
  sight: Sight,
  operationId: string,
  catalogue: Catalogue,
): unknown {
  if (sight === 'whole') return answer;
  if (sight === 'customer') return withoutInternal(answer);
  if (operationId === 'getDeadLetter') return maskedLetter(answer, catalogue);
  const texts = PERSONAL_TEXTS[operationId] ?? [];
  return maskedMessages(answer, catalogue, new Set(texts));
}

/** Messages at any depth by their contracts, and the fields `texts` wholly. */
export function maskedMessages(
  value: unknown,
  catalogue: Catalogue,
  texts: ReadonlySet<string> = new Set(),
): unknown {
  if (Array.isArray(value)) return value.map((entry: unknown) => maskedMessages(entry, catalogue, texts));
  if (!isObject(value)) return value;
  const type = value['messageType'] ?? value['type'];
  const fields = Object.entries(value).map(([name, field]) => {
    if (texts.has(name)) return [name, MASKED] as const;
    if (name === 'payload') return [name, maskedPayload(type, field, catalogue)] as const;
    return [name, maskedMessages(field, catalogue, texts)] as const;
  });
  return Object.fromEntries(fields);
}

function maskedPayload(type: unknown, payload: unknown, catalogue: Catalogue): unknown {
  const definition = typeof type === 'string' ? catalogue.get(type) : undefined;
  return definition === undefined || !isObject(payload)
    ? MASKED
    : withoutPersonal(definition.payload, payload);
}

/** The body of a dead letter is whatever somebody sent: a message by its contract, all else wholly. */
function maskedLetter(letter: unknown, catalogue: Catalogue): unknown {
  if (!isObject(letter)) return letter;
  return { ...letter, body: maskedBody(letter['body'], catalogue) };
}

function maskedBody(body: unknown, catalogue: Catalogue): string {
  const message = typeof body === 'string' ? parsed(body) : undefined;
  if (!isObject(message) || typeof message['messageType'] !== 'string') return MASKED;
  const { messageId, messageType, sourceAgentId, timestamp, schemaVersion, payload } = message;
  const shown = { messageId, messageType, sourceAgentId, timestamp, schemaVersion };
  return JSON.stringify({ ...shown, payload: maskedPayload(messageType, payload, catalogue) });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Lists of what is internal are empty, and everything else of it is not there. */
export function withoutInternal(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter(isShown).map(withoutInternal);
  if (!isObject(value)) return value;
  const fields = Object.entries(value).flatMap(([name, field]) => {
    if (!INTERNAL.has(name)) return [[name, withoutInternal(field)] as const];
    return Array.isArray(field) ? [[name, []] as const] : [];
  });
  return Object.fromEntries(fields);
}

/** Entries of lists: reasons and events that are the insurer's own matter are left out. */
function isShown(entry: unknown): boolean {
  if (!isObject(entry)) return true;
  const { code, stage } = entry;
  return stage !== INTERNAL_STAGE && !(typeof code === 'string' && INTERNAL_REASONS.has(code));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
