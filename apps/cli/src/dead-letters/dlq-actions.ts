import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import {
  type ActOptions,
  DeadLetters,
  type FoundLetter,
  type LetterOutcome,
  LETTERS_PER_TRANSACTION,
} from '@aika/messaging';
import { noteReading } from '../audit/acting.js';
import { CLI_SENDER, type Connection, whileConnected } from '../commands/connection.js';
import {
  type ActFlags,
  type EditFlags,
  type FilterFlags,
  filterOf,
  isNarrowed,
  type ManyFlags,
  refused,
  type ShowFlags,
} from './dlq-flags.js';
import { letterReport, listReport, outcomeReport, summaryReport } from './letter-report.js';

/** Rows of a table without `--limit`; with `--json` there is no bound. */
const ROWS = 50;

export async function listLetters(flags: FilterFlags & { readonly json?: boolean }): Promise<void> {
  const filter = filterOf(flags, Date.now());
  await withLetters(async (letters) => {
    const page = await letters.list(flags.json ? filter : { limit: ROWS, ...filter });
    if (flags.json) page.letters.forEach(printJson);
    else process.stdout.write(listReport(page));
  });
}

export async function showLetter(id: string, flags: ShowFlags): Promise<void> {
  await withLetters(async (letters, connection) => {
    const found = await letters.get(id);
    if (!found) throw refused(`No letter, or more than one, begins with ${id}; "aika dlq list" shows them.`);
    if (flags.raw || flags.body) {
      const { id: object, customerId } = found.letter;
      await noteReading(connection, { by: flags.by, operation: 'dlq show', customerId, object });
    }
    if (flags.raw) process.stdout.write(found.letter.body);
    else if (flags.json) printJson(jsonOf(found, flags.body === true));
    else process.stdout.write(letterReport(found, flags.body === true));
  });
}

export async function redriveLetters(ids: readonly string[], flags: ManyFlags): Promise<void> {
  await actOnMany(ids, flags, (letters, chosen, options) =>
    letters.redrive(chosen, { ...options, force: flags.force }),
  );
}

export async function dropLetters(
  ids: readonly string[],
  flags: ManyFlags & { readonly reason: string },
): Promise<void> {
  const { reason } = flags;
  await actOnMany(ids, flags, (letters, chosen, options) => letters.drop(chosen, { ...options, reason }));
}

export async function editLetter(id: string, flags: EditFlags): Promise<void> {
  const body = await newBody(flags.file);
  await withLetters(async (letters) => {
    const outcome = await letters.edit(id, body, { ...actOptions(flags), force: flags.force });
    report([outcome], flags);
  });
}

type Act = (
  letters: DeadLetters,
  ids: readonly string[],
  options: ActOptions,
) => Promise<readonly LetterOutcome[]>;

/** On the letters named, or on those that the filters choose: the oldest first, as they were given up. */
async function actOnMany(ids: readonly string[], flags: ManyFlags, act: Act): Promise<void> {
  const filter = filterOf(flags, Date.now());
  if (ids.length > 0 && (flags.all || isNarrowed(flags)))
    throw refused('Name letters by id or choose them by filters, not both.');
  if (ids.length === 0 && !flags.all && !isNarrowed(flags))
    throw refused('Which letters? Name ids, give a filter such as --code, or say --all.');
  await withLetters(async (letters) => {
    const chosen = ids.length > 0 ? ids : (await letters.list(filter)).letters.map((letter) => letter.id);
    report(await act(letters, chosen, { ...actOptions(flags), since: filter.since }), flags);
  });
}

function actOptions({ by, reason, dryRun }: ActFlags): ActOptions {
  const onProgress: ActOptions['onProgress'] = ({ done, total }) => {
    if (total > LETTERS_PER_TRANSACTION) process.stderr.write(`  ${done} of ${total}\n`);
  };
  return { by, reason, dryRun, onProgress };
}

function report(outcomes: readonly LetterOutcome[], { dryRun = false, json }: ActFlags): void {
  for (const outcome of outcomes) {
    if (json) printJson({ ...withoutLetter(outcome), dryRun });
    else process.stdout.write(`${outcomeReport(outcome, dryRun)}\n`);
  }
  if (!json) process.stdout.write(`${summaryReport(outcomes, dryRun)}\n`);
  // A letter that somebody has dealt with before is no failure: the wish is fulfilled.
  if (outcomes.some(({ kind }) => kind === 'refused' || kind === 'not-found')) process.exitCode = 1;
}

function withoutLetter(outcome: LetterOutcome): object {
  return 'letter' in outcome ? { ...outcome, letter: undefined } : outcome;
}

async function newBody(file: string | undefined): Promise<Buffer> {
  if (file === undefined) {
    if (process.stdin.isTTY) throw refused('Give the new message with --file, or on standard input.');
    return buffer(process.stdin);
  }
  try {
    return await readFile(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw refused(`${file} cannot be read (${code ?? String(error)}).`);
  }
}

function jsonOf({ letter, returnedAs }: FoundLetter, isWithBody: boolean): object {
  const { body, key, headers, ...rest } = letter;
  const texts = Object.entries(headers).map(([name, value]) => [name, value.toString()]);
  return {
    ...rest,
    returnedAs,
    headers: Object.fromEntries(texts) as object,
    ...(isWithBody ? { key: key?.toString() ?? null, body: body.toString() } : {}),
  };
}

function printJson(value: object): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

async function withLetters(
  work: (letters: DeadLetters, connection: Connection) => Promise<void>,
): Promise<void> {
  await whileConnected(async (connection) => {
    const { catalogue, log, namespace } = connection;
    await work(new DeadLetters({ log, namespace, catalogue, sourceAgentId: CLI_SENDER }), connection);
  });
}
