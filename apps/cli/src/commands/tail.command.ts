import { catalogue } from '@aika/contracts';
import type { Command } from 'commander';
import { type JournalEntry, MESSAGE_TOPICS, MessageJournal } from '../journal/message-journal.js';
import { reportFailure } from '../platform/report-failure.js';
import { phraseOf, speakerOf } from '../stories/phrases.js';
import { connectToRunning } from './connection.js';
import { untilInterrupted } from './interruption.js';

interface TailFlags {
  readonly type?: string;
  readonly conversation?: string;
  readonly customer?: string;
  readonly fromStart?: boolean;
  readonly json?: boolean;
}

/** `aika tail`: the messages as they pass, committed ones only. */
export function registerTail(program: Command): void {
  program
    .command('tail')
    .description('show messages as they pass; Ctrl-C ends it')
    .option('--type <type>', 'only this message type')
    .option('--conversation <id>', 'only this conversation')
    .option('--customer <id>', 'only this customer')
    .option('--from-start', 'begin with the oldest message that is kept')
    .option('--json', 'one JSON envelope a line')
    .action((flags: TailFlags) => reportFailure(() => tail(flags)));
}

async function tail(flags: TailFlags): Promise<void> {
  const connection = await connectToRunning();
  try {
    const journal = await MessageJournal.open({
      ...connection,
      catalogue,
      topics: MESSAGE_TOPICS,
      from: flags.fromStart ? 'start' : 'end',
      onEntry: (entry) => {
        if (matches(entry, flags))
          process.stdout.write(`${flags.json ? JSON.stringify(entry.envelope) : pretty(entry)}\n`);
      },
    });
    await untilInterrupted();
    await journal.close();
  } finally {
    await connection.close();
  }
}

function matches({ envelope }: JournalEntry, flags: TailFlags): boolean {
  if (flags.type !== undefined && envelope.messageType !== flags.type) return false;
  if (flags.conversation !== undefined && envelope.metadata.conversationId !== flags.conversation)
    return false;
  return flags.customer === undefined || envelope.payload['customerId'] === flags.customer;
}

function pretty(entry: JournalEntry): string {
  const { envelope, topic, partition, offset, recordedAt } = entry;
  const time = new Date(recordedAt).toISOString().slice(11, 23);
  const where = `${topic}/${partition}@${offset}`;
  const what = phraseOf(entry) ?? JSON.stringify(envelope.payload);
  return `${time}  ${where.padEnd(22)} ${speakerOf(envelope.sourceAgentId).padEnd(9)} ${envelope.messageType}  ${what}`;
}
