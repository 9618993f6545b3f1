import { Command, Option } from 'commander';
import { withBy } from '../audit/acting.js';
import {
  dropLetters,
  editLetter,
  listLetters,
  redriveLetters,
  showLetter,
} from '../dead-letters/dlq-actions.js';
import type { EditFlags, FilterFlags, ManyFlags, ShowFlags } from '../dead-letters/dlq-flags.js';
import { reportFailure } from '../platform/report-failure.js';

const IDS = 'ids, or their first 8 characters or more';

/** `aika dlq list|show|redrive|edit|drop`: the dead letters, to look at and to deal with. */
export function registerDlq(program: Command): void {
  const dlq = program.command('dlq').description('dead letters: list, show, send back, edit, drop');
  withFilters(dlq.command('list'))
    .description('the open letters, newest first; no bodies')
    .option('--json', 'one JSON object a line')
    .action((flags: FilterFlags & { json?: boolean }) => reportFailure(() => listLetters(flags)));
  withBy(dlq.command('show'))
    .description('one letter: why, wherefrom, headers')
    .argument('<id>', IDS)
    .option('--body', 'with the body, which may hold personal data: noted in the audit trail')
    .option('--raw', 'the body alone, byte for byte: > message.json; noted as well')
    .option('--json', 'one JSON object; the body only with --body')
    .action((id: string, flags: ShowFlags) => reportFailure(() => showLetter(id, flags)));
  withActing(withFilters(dlq.command('redrive')))
    .description('send letters back as they are; each is sent once')
    .argument('[ids...]', IDS)
    .option('--all', 'every open letter, without a filter')
    .option('--force', 'also what breaks its contract')
    .action((ids: string[], flags: ManyFlags) => reportFailure(() => redriveLetters(ids, flags)));
  withActing(dlq.command('edit'))
    .description('send a letter back with a new body: a whole message, checked before it is sent')
    .argument('<id>', IDS)
    .option('--file <path>', 'the new message as JSON; without it, standard input')
    .option('--force', 'also what breaks its contract')
    .action((id: string, flags: EditFlags) => reportFailure(() => editLetter(id, flags)));
  withActing(withFilters(dlq.command('drop')), true)
    .description('mark letters as done with; they are never sent')
    .argument('[ids...]', IDS)
    .option('--all', 'every open letter, without a filter')
    .action((ids: string[], flags: ManyFlags & { reason: string }) =>
      reportFailure(() => dropLetters(ids, flags)),
    );
}

function withFilters(command: Command): Command {
  return command
    .option('--agent <agent>', 'that gave it up: an id, or its first word such as claims')
    .option('--code <code>', 'why, such as INVALID_PAYLOAD')
    .option('--type <type>', 'message type')
    .option('--customer <id>', 'customer')
    .option('--topic <topic>', 'that it came from, with or without namespace')
    .option('--since <time>', 'given up since then: RFC 3339, or ago: 90s, 30m, 2h, 7d')
    .option('--until <time>', 'given up before then')
    .addOption(
      new Option('--status <status>', 'what was done to it')
        .choices(['open', 'redriven', 'dropped', 'all'])
        .default('open'),
    )
    .option('--limit <n>', 'the newest so many');
}

function withActing(command: Command, isReasonRequired = false): Command {
  const reason = new Option('--reason <text>', 'why, for the audit trail; no personal data');
  return withBy(command)
    .addOption(reason.makeOptionMandatory(isReasonRequired))
    .option('--dry-run', 'tell what would happen, and do nothing')
    .option('--json', 'one JSON object a line');
}
