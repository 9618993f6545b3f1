import { type Catalogue, HEADER, topicOf } from '@aika/contracts';
import { LogError, type LogRecord, type MessageLog } from '@aika/messaging';
import { setTimeout as delay } from 'node:timers/promises';
import { isOnce, isUnexpected, type SeenEvent } from './seen-event.js';

export interface FollowerOptions {
  readonly log: MessageLog;
  readonly namespace: string;
  /** Names the topics of events. */
  readonly catalogue: Pick<Catalogue, 'eventTopics'>;
  /** Only customers whose id begins like this. */
  readonly prefix: string;
  readonly signal: AbortSignal;
  readonly onReady: () => void;
  /** Events in the order of their partition. After a lost connection some may come again. */
  readonly onEvents: (events: readonly SeenEvent[]) => void;
}

const REOPEN_PAUSE_MS = 1000;
/** How far back a new reading begins: more than clocks of brokers and agents differ. */
const OVERLAP_MS = 60_000;

/**
 * Follows what the agents say about the replay's customers. Filters by key and header and parses only what is
 * left, because hundreds of thousands of messages pass. Goes on after retriable failures of the log.
 */
export async function followEvents(options: FollowerOptions): Promise<void> {
  const { catalogue, log, namespace, signal } = options;
  const topics = catalogue.eventTopics().map((name) => topicOf(namespace, name));
  let from: 'end' | number = 'end';
  let onReady: (() => void) | undefined = options.onReady;
  while (!signal.aborted) {
    try {
      for await (const records of log.follow({ topics, from, signal, onReady })) {
        onReady = undefined;
        from = (records.at(-1)?.timestamp ?? Date.now()) - OVERLAP_MS;
        const events = records.flatMap((record) => eventOf(record, options.prefix) ?? []);
        if (events.length > 0) options.onEvents(events);
      }
    } catch (error) {
      if (!(error instanceof LogError && error.retriable)) throw error;
      // Nothing of this replay can be older than the moment from which the first reading was ready.
      await delay(REOPEN_PAUSE_MS);
    }
  }
}

/** The event in a record; undefined when it is another customer's, or of a type that does not matter here. */
export function eventOf(record: LogRecord, prefix: string): SeenEvent | undefined {
  const type = record.headers[HEADER.type]?.toString() ?? '';
  if (record.value === null || !(isOnce(type) || isUnexpected(type))) return undefined;
  const customerId = record.key?.toString() ?? '';
  if (!customerId.startsWith(prefix)) return undefined;
  const { messageId, payload } = JSON.parse(record.value.toString()) as SeenEvent;
  return { messageId, type, customerId, payload };
}
