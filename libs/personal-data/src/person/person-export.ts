import { type Catalogue, PersonalDataErased, readMessage, TOPIC_NAMES, topicOf } from '@aika/contracts';
import {
  customerOf,
  kindOf,
  type LogRecord,
  type MessageLog,
  partitionFor,
  type StateKind,
} from '@aika/messaging';
import { parseObject } from '../log/json-object.js';

export interface PersonSource {
  /** Guarded, so that what is sealed comes opened. */
  readonly log: MessageLog;
  readonly catalogue: Catalogue;
  readonly namespace: string;
}

/** A message of or about a person, or what could not be read of one. */
export interface ExportedMessage {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  /** RFC 3339 UTC: the time of the record. */
  readonly at: string;
  /** The message, or the text of what is none. */
  readonly message: unknown;
}

/** Something that an agent keeps of a person. */
export interface ExportedState {
  readonly agent: string;
  readonly kind: StateKind;
  readonly key: string;
  readonly value: unknown;
}

/** All about one customer that the log holds. */
export interface PersonExport {
  readonly customerId: string;
  readonly messages: readonly ExportedMessage[];
  readonly state: readonly ExportedState[];
}

const STATE = 'state.';
const INBOX = 'agent.';
const agentNames = TOPIC_NAMES.filter((name) => name.startsWith(INBOX)).map((name) =>
  name.slice(INBOX.length),
);

/**
 * Everything about a customer: the messages that are still kept, dead letters too, and what agents keep, as of now. Reads
 * one partition of each topic from its start.
 */
export async function exportPerson(source: PersonSource, customerId: string): Promise<PersonExport> {
  const messages: ExportedMessage[] = [];
  for (const name of [...source.catalogue.messageTopics(), 'dlq']) {
    for await (const record of recordsOf(source, name, customerId)) {
      if (isAbout(record, customerId)) messages.push(exported(record));
    }
  }
  const state: ExportedState[] = [];
  for (const agent of agentNames) state.push(...(await stateOf(source, agent, customerId)));
  return { customerId, messages, state };
}

/** Customers who were erased, by what the log says. */
export async function erasedCustomers({
  log,
  catalogue,
  namespace,
}: PersonSource): Promise<readonly string[]> {
  const erased = new Set<string>();
  for (const name of catalogue.eventTopics()) {
    const topic = topicOf(namespace, name);
    const count = await log.partitionCount(topic);
    for (let partition = 0; partition < count; partition++) {
      for await (const record of read(log, topic, partition)) {
        const customerId = erasedIn(record, catalogue);
        if (customerId !== undefined) erased.add(customerId);
      }
    }
  }
  return [...erased];
}

function erasedIn({ value, timestamp }: LogRecord, catalogue: Catalogue): string | undefined {
  if (!value?.includes(PersonalDataErased.type)) return undefined;
  const receivedAt = new Date(timestamp).toISOString();
  const read = readMessage(value, { catalogue, receivedAt, fallbackMessageId: 'unnamed' });
  if (!read.ok || read.definition.type !== PersonalDataErased.type) return undefined;
  return PersonalDataErased.key(read.envelope.payload as never);
}

async function stateOf(
  source: PersonSource,
  agent: string,
  customerId: string,
): Promise<readonly ExportedState[]> {
  const state = new Map<string, ExportedState>();
  for await (const { key, value } of recordsOf(source, STATE + agent, customerId)) {
    const name = key?.toString() ?? '';
    const kind = kindOf(name);
    if (kind === undefined || kind === 'seen' || customerOf(name) !== customerId) continue;
    if (value === null) state.delete(name);
    else
      state.set(name, { agent, kind, key: name, value: parseObject(value.toString()) ?? value.toString() });
  }
  return [...state.values()];
}

async function* recordsOf({ log, namespace }: PersonSource, name: string, customerId: string) {
  const topic = topicOf(namespace, name);
  yield* read(log, topic, partitionFor(customerId, await log.partitionCount(topic)));
}

async function* read(log: MessageLog, topic: string, partition: number): AsyncIterable<LogRecord> {
  const { start, stableEnd } = await log.offsets({ topic, partition });
  for await (const records of log.read({ topic, partition }, { from: start, until: stableEnd }))
    yield* records;
}

/** A stock client may give a record another key than the customer whom its message names. */
function isAbout({ key, value }: LogRecord, customerId: string): boolean {
  if (key?.toString() === customerId) return true;
  if (!value?.includes(customerId)) return false;
  const payload = parseObject(value.toString())?.['payload'] as Record<string, unknown> | undefined;
  return (payload?.['customerId'] ?? payload?.['customer_id']) === customerId;
}

function exported({ topic, partition, offset, timestamp, value }: LogRecord): ExportedMessage {
  const text = value?.toString() ?? '';
  const at = new Date(timestamp).toISOString();
  return { topic, partition, offset, at, message: parseObject(text) ?? text };
}
