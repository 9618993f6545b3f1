import { catalogue, MASKED, STAGES, withoutPersonal } from '@aika/contracts';
import { PlatformError } from '@aika/testing';
import type { Command } from 'commander';
import { type ByFlags, noteReading, withBy } from '../audit/acting.js';
import { type JournalEntry, MessageJournal } from '../journal/message-journal.js';
import { reportFailure } from '../platform/report-failure.js';
import { phraseOf, speakerOf } from '../stories/phrases.js';
import { whileConnected } from './connection.js';
import { untilInterrupted } from './interruption.js';

/** Which messages are shown: those that fit all that is said. */
interface TailFilter {
  readonly type?: string;
  readonly stage?: string;
  readonly conversation?: string;
  readonly customer?: string;
}

interface TailFlags extends TailFilter, ByFlags {
  readonly fromStart?: boolean;
  readonly json?: boolean;
  readonly personal?: boolean;
}

/** `aika tail`: the messages as they pass, committed ones only. */
export function registerTail(program: Command): void {
  withBy(program.command('tail'))
    .description('show messages as they pass; Ctrl-C ends it')
    .option('--type <type>', 'only this message type')
    .option('--stage <stage>', `only this stage of a workflow: ${STAGES.join(', ')}`)
    .option('--conversation <id>', 'only this conversation')
    .option('--customer <id>', 'only this customer')
    .option('--from-start', 'begin with the oldest message that is kept')
    .option('--json', 'one JSON envelope a line')
    .option('--personal', 'with personal data; who reads it is noted in the audit trail')
    .action((flags: TailFlags) => reportFailure(() => tail(flags)));
}

async function tail(flags: TailFlags): Promise<void> {
  assertStage(flags.stage);
  const { personal: isOpened = false, by, customer: customerId } = flags;
  await whileConnected(
    async (connection) => {
      if (isOpened) await noteReading(connection, { by, operation: 'tail', customerId });
      const journal = await MessageJournal.open({
        ...connection,
        from: flags.fromStart ? 'start' : 'end',
        onEntry: (entry) => {
          if (!matches(entry, flags)) return;
          const shown = isOpened ? entry : masked(entry);
          process.stdout.write(`${flags.json ? JSON.stringify(shown.envelope) : pretty(shown)}\n`);
        },
      });
      await untilInterrupted();
      await journal.close();
    },
    { isOpened },
  );
}

/** @throws PlatformError `SETTING_INVALID`: a misspelt stage would show nothing for ever */
function assertStage(stage: string | undefined): void {
  if (stage === undefined || STAGES.some((known) => known === stage)) return;
  throw new PlatformError('SETTING_INVALID', `--stage must be one of ${STAGES.join(', ')}, not "${stage}".`);
}

export function matches(
  { envelope, stage }: Pick<JournalEntry, 'envelope' | 'stage'>,
  flags: TailFilter,
): boolean {
  if (flags.stage !== undefined && stage !== flags.stage) return false;
  if (flags.type !== undefined && envelope.messageType !== flags.type) return false;
  if (flags.conversation !== undefined && envelope.metadata.conversationId !== flags.conversation)
    return false;
  return flags.customer === undefined || envelope.payload['customerId'] === flags.customer;
}

/** Without what its contract marks personal. */
export function masked<E extends Pick<JournalEntry, 'envelope'>>(entry: E): E {
  const { envelope } = entry;
  const definition = catalogue.get(envelope.messageType);
  const payload =
    definition === undefined
      ? Object.fromEntries(Object.keys(envelope.payload).map((name) => [name, MASKED]))
      : withoutPersonal(definition.payload, envelope.payload);
  return { ...entry, envelope: { ...envelope, payload } };
}

function pretty(entry: JournalEntry): string {
  const { envelope, topic, partition, offset, recordedAt } = entry;
  const time = new Date(recordedAt).toISOString().slice(11, 23);
  const where = `${topic}/${partition}@${offset}`;
  const what = phraseOf(entry) ?? JSON.stringify(envelope.payload);
  return `${time}  ${where.padEnd(22)} ${speakerOf(envelope.sourceAgentId).padEnd(9)} ${envelope.messageType}  ${what}`;
}
