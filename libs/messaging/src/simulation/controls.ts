import type { InMemoryBroker } from '../in-memory/index.js';
import type {
  GroupMember,
  JoinOptions,
  LogRecord,
  Membership,
  MessageLog,
  TopicPartition,
  Transaction,
  TransactionalWriter,
} from '../ports/index.js';
import type { DeliverySettings } from '../runtime/index.js';
import type { CopyDefect } from './simulated-disk.js';
import type { LogDecorator } from './simulated-instance.js';

/** A known fault of other clients or set-ups, which the checks have to notice. */
export interface Control {
  readonly name: string;
  readonly decorate?: LogDecorator;
  readonly settings?: Partial<DeliverySettings>;
  readonly copyDefect?: CopyDefect;
}

export const CONTROLS: readonly Control[] = [
  { name: 'offsets without generation', decorate: (log) => wrap(log, { transaction: unchecked }) },
  { name: 'stock read_committed filter', decorate: leaking },
  { name: 'autoCommit', decorate: autoCommitting },
  { name: 'deduplication off', settings: { deduplicationMs: 0 } },
  { name: 'a copy whose position is ahead of it', copyDefect: 'position-first' },
];

type Changed = Partial<Pick<MessageLog, 'read' | 'joinGroup'>> & {
  readonly transaction?: (transaction: Transaction) => Transaction;
};

/** A log that differs in the named operations only. */
function wrap(log: MessageLog, { transaction = (same) => same, ...changed }: Changed): MessageLog {
  return {
    partitionCount: (topic) => log.partitionCount(topic),
    identity: (topic) => log.identity(topic),
    offsets: (at) => log.offsets(at),
    offsetAt: (at, time) => log.offsetAt(at, time),
    committedOffsets: (groupId, topics, partitions) => log.committedOffsets(groupId, topics, partitions),
    positionStates: (groupId, partitions) => log.positionStates(groupId, partitions),
    read: (at, range) => log.read(at, range),
    follow: (options) => log.follow(options),
    createWriter: () => log.createWriter(),
    joinGroup: (options) => log.joinGroup(options),
    close: () => log.close(),
    ...changed,
    createTransactionalWriter: async (options): Promise<TransactionalWriter> => {
      const writer = await log.createTransactionalWriter(options);
      return {
        get broken() {
          return writer.broken;
        },
        begin: async () => transaction(await writer.begin()),
        close: () => writer.close(),
      };
    },
  };
}

function wrapMember(member: GroupMember, poll: GroupMember['poll']): GroupMember {
  return {
    get membership() {
      return member.membership;
    },
    get buffered() {
      return member.buffered;
    },
    poll,
    wake: () => member.wake(),
    rewind: (positions) => member.rewind(positions),
    leave: () => member.leave(),
  };
}

/** As kafkajs commits: TxnOffsetCommit without member and generation. */
function unchecked(transaction: Transaction): Transaction {
  const nobody = (membership: Membership): Membership => ({ ...membership, memberId: '', generationId: -1 });
  return {
    send: (records) => transaction.send(records),
    commitOffsets: (membership, offsets) => transaction.commitOffsets(nobody(membership), offsets),
    commit: () => transaction.commit(),
    abort: () => transaction.abort(),
  };
}

/** As kafkajs reads where transactions interleave: records of aborted ones are among the committed. */
function leaking(log: MessageLog, broker: InMemoryBroker): MessageLog {
  return wrap(log, {
    read: async function* (at, range) {
      let next = range.from;
      for await (const records of log.read(at, range)) {
        const until = (records.at(-1)?.offset ?? next) + 1;
        yield inOrder([...records, ...broker.abortedRecords(at, next, until)]);
        next = until;
      }
      const rest = broker.abortedRecords(at, next, range.until);
      if (rest.length > 0) yield rest;
    },
    joinGroup: async (options) => {
      const member = await log.joinGroup(options);
      return wrapMember(member, async (wanted) => withAborted(await member.poll(wanted), broker));
    },
  });
}

/** The records of a poll, and with each partition's the aborted ones between the first and the last. */
function withAborted(records: readonly LogRecord[], broker: InMemoryBroker): readonly LogRecord[] {
  const partitions = new Map<string, LogRecord[]>();
  for (const record of records) {
    const key = `${record.topic}/${record.partition}`;
    partitions.set(key, [...(partitions.get(key) ?? []), record]);
  }
  return [...partitions.values()].flatMap((own) => {
    const at = own[0] as TopicPartition & LogRecord;
    const last = own.at(-1) as LogRecord;
    return inOrder([...own, ...broker.abortedRecords(at, at.offset, last.offset)]);
  });
}

function inOrder(records: readonly LogRecord[]): LogRecord[] {
  return [...records].sort((a, b) => a.offset - b.offset);
}

/** As a consumer with autoCommit: what was handed out counts as handled, and transactions hold outputs only. */
function autoCommitting(log: MessageLog): MessageLog {
  const outputsOnly = (transaction: Transaction): Transaction => ({
    send: (records) => transaction.send(records),
    commitOffsets: () => Promise.resolve(),
    commit: () => transaction.commit(),
    abort: () => transaction.abort(),
  });
  return wrap(log, {
    transaction: outputsOnly,
    joinGroup: async (options) => {
      const member = await log.joinGroup(options);
      return wrapMember(member, async (wanted) => {
        const records = await member.poll(wanted);
        if (member.membership && records.length > 0) {
          await commitAtOnce(log, options, { membership: member.membership, records });
        }
        return records;
      });
    },
  });
}

async function commitAtOnce(
  log: MessageLog,
  options: JoinOptions,
  { membership, records }: { readonly membership: Membership; readonly records: readonly LogRecord[] },
): Promise<void> {
  const writer = await log.createTransactionalWriter({
    transactionalId: `auto-commit-${membership.memberId}`,
    transactionTimeoutMs: options.sessionTimeoutMs,
  });
  const transaction = await writer.begin();
  const positions = records.map(({ topic, partition, offset }) => ({ topic, partition, offset: offset + 1 }));
  await transaction.commitOffsets(membership, positions);
  await transaction.commit();
  await writer.close();
}
