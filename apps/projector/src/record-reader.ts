import { type Catalogue, HEADER, isHighLane, lanesOf, readMessage, topicOf } from '@aika/contracts';
import { FORWARDED_HEADER, type LogRecord, positionId, readLetterRecord } from '@aika/messaging';
import {
  COMMAND_TOPIC,
  commandOf,
  eventOf,
  isProjected,
  type LoggedMessage,
  type ViewBatch,
} from '@aika/views';
import { cardChangeOf } from './agent-cards.js';
import { letterChangeOf } from './dead-letters.js';

/** Lists that grow while records are read. */
type Changes = { [K in Exclude<keyof ViewBatch, 'moves'>]: ViewBatch[K][number][] };

type Kind = 'events' | 'commands' | 'letters' | 'cards';

export interface RecordReaderOptions {
  readonly catalogue: Catalogue;
  readonly namespace: string;
}

/** What records of the log change in the views. */
export class RecordReader {
  /** Topics whose partitions are numbered by customer, full names. */
  readonly keyedTopics: readonly string[];
  /** Those of them that carry HIGH messages. */
  readonly urgentTopics: readonly string[];
  /** The live directory, which has one partition. */
  readonly directory: string;
  private readonly kinds: ReadonlyMap<string, Kind>;

  constructor(private readonly options: RecordReaderOptions) {
    const { catalogue, namespace } = options;
    const full = (name: string): string => topicOf(namespace, name);
    const events = [...catalogue.eventTopics(), 'notifications'].map(full);
    const commands = lanesOf(COMMAND_TOPIC).map(full);
    const letters = full('dlq');
    this.directory = full('agents');
    this.keyedTopics = [...events, ...commands, letters];
    this.urgentTopics = this.keyedTopics.filter(isHighLane);
    this.kinds = new Map<string, Kind>([
      ...events.map((topic) => [topic, 'events'] as const),
      ...commands.map((topic) => [topic, 'commands'] as const),
      [letters, 'letters'],
      [this.directory, 'cards'],
    ]);
  }

  /** Adds what a record changes. `latestMs`: latest time of the log in its partition, the record's included. */
  read(record: LogRecord, latestMs: number, into: Changes): void {
    const kind = this.kinds.get(record.topic);
    if (kind === 'letters') {
      if (record.value !== null)
        into.letters.push(letterChangeOf(record, readLetterRecord(record, this.catalogue)));
    } else if (kind === 'cards') {
      const change = cardChangeOf(record);
      if (change) into.cards.push(change);
    } else if (kind !== undefined) this.readMessage(record, latestMs, kind, into);
  }

  private get catalogue(): Catalogue {
    return this.options.catalogue;
  }

  private readMessage(record: LogRecord, latestMs: number, kind: 'events' | 'commands', into: Changes): void {
    const message = this.messageOf(record, latestMs);
    if (!message) return;
    const { definition } = message;
    if (kind === 'events' && isProjected(definition.type)) into.events.push(eventOf(message));
    if (kind === 'commands' && definition.kind === 'command') into.commands.push(commandOf(message));
  }

  /** Undefined for a copy, whose original is read too, and for what is no message: an agent answers for that. */
  private messageOf(record: LogRecord, latestMs: number): LoggedMessage | undefined {
    if (record.value === null || record.headers[FORWARDED_HEADER] !== undefined) return undefined;
    const { topic, partition, offset, timestamp: recordedMs } = record;
    const read = readMessage(record.value, {
      catalogue: this.catalogue,
      receivedAt: new Date(recordedMs).toISOString(),
      // The id that its agent gives it.
      fallbackMessageId: record.headers[HEADER.messageId]?.toString() ?? positionId(topic, partition, offset),
    });
    if (!read.ok) return undefined;
    const { envelope, definition } = read;
    return { envelope, definition, topic, partition, offset, recordedMs, latestMs };
  }
}

/** Nothing yet. */
export function noChanges(): Changes {
  return { events: [], commands: [], letters: [], cards: [] };
}
