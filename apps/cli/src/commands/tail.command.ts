import { STAGES } from '@aika/contracts';
import { PlatformError } from '@aika/testing';
import type { Command } from 'commander';
import { type JournalEntry, MessageJournal } from '../journal/message-journal.js';
import { reportFailure } from '../platform/report-failure.js';
import { phraseOf, speakerOf } from '../stories/phrases.js';
import { connectToRunning } from './connection.js';
import { untilInterrupted } from './interruption.js';

interface TailFlags {
  readonly type?: string;
  readonly stage?: string;
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
    .option('--stage <stage>', `only this stage of a workflow: ${STAGES.join(', ')}`)
    .option('--conversation <id>', 'only this conversation')
    .option('--customer <id>', 'only this customer')
    .option('--from-start', 'begin with the oldest message that is kept')
    .option('--json', 'one JSON envelope a line')
    .action((flags: TailFlags) => reportFailure(() => tail(flags)));
}

async function tail(flags: TailFlags): Promise<void> {
  assertStage(flags.stage);
  const connection = await connectToRunning();
  try {
    const journal = await MessageJournal.open({
      ...connection,
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

/** @throws PlatformError `SETTING_INVALID`: a misspelt stage would show nothing for ever */
function assertStage(stage: string | undefined): void {
  if (stage === undefined || STAGES.some((known) => known === stage)) return;
  throw new PlatformError('SETTING_INVALID', `--stage must be one of ${STAGES.join(', ')}, not "${stage}".`);
}

export function matches(
  { envelope, stage }: Pick<JournalEntry, 'envelope' | 'stage'>,
  flags: TailFlags,
): boolean {
  if (flags.stage !== undefined && stage !== flags.stage) return false;
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
