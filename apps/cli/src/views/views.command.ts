import { isViewName, VIEWS } from '@aika/views';
import { Argument, type Command, InvalidArgumentError } from 'commander';
import { countOf } from '../commands/count-flag.js';
import { reportFailure } from '../platform/report-failure.js';
import { runViewsTask, type ViewsReport } from './views-process.js';

type Flags = { readonly json?: boolean; readonly check?: boolean; readonly limit?: string };

const NAMES = Object.keys(VIEWS);

/** Beside 0: the views differ from the events. */
const DIFFERENT = 1;

/** `aika rebuild [view…]` and `aika views check [view…]`. */
export function registerViews(program: Command): void {
  const names = () => new Argument('[view...]', `${NAMES.join(', ')}; all without one`).argParser(parseView);
  program
    .command('rebuild')
    .description('build views anew from the log beside the live ones, and swap them in one transaction')
    .addArgument(names())
    .option('--check', 'change nothing: the same as "views check"')
    .option('--json', 'one JSON object on standard output')
    .action((views: string[], flags: Flags) =>
      reportFailure(() => (flags.check ? check(chosen(views), flags) : rebuild(chosen(views), flags))),
    );
  program
    .command('views')
    .description('the read side in PostgreSQL')
    .command('check')
    .description('fold the events anew and list the rows of the views that differ; changes nothing')
    .addArgument(names())
    .option('--limit <n>', 'differences shown per table', '10')
    .option('--json', 'one JSON object on standard output')
    .action((views: string[], flags: Flags) => reportFailure(() => check(chosen(views), flags)));
}

/** What was named; without a name all, for which commander has an empty list. */
function chosen(views: readonly string[]): readonly string[] {
  return views.length === 0 ? NAMES : views;
}

function parseView(name: string, before: string[] = []): string[] {
  if (isViewName(name)) return [...before, name];
  throw new InvalidArgumentError(`There is no such view; there are ${NAMES.join(', ')}.`);
}

async function rebuild(views: readonly string[], { json }: Flags): Promise<void> {
  const report = await runViewsTask(
    { do: 'rebuild', views, limit: 0 },
    json ? () => undefined : showProgress,
  );
  process.stdout.write(
    json
      ? `${JSON.stringify(report)}\n`
      : `Rebuilt ${report.views?.join(', ')} from ${report.records} messages.\n`,
  );
}

async function check(views: readonly string[], { json, limit = '10' }: Flags): Promise<void> {
  const task = { do: 'check', views, limit: countOf('--limit', limit, 1) } as const;
  const report = await runViewsTask(task, json ? () => undefined : showProgress);
  process.stdout.write(json ? `${JSON.stringify(report)}\n` : printout(report));
  if (report.isSame !== true) process.exitCode = DIFFERENT;
}

/** Keys and columns, never values: they may be personal data. */
function printout({ tables = [], records, isSame }: ViewsReport): string {
  const lines = tables.flatMap(({ table, rows, differences, shown }) => [
    `${table}: ${rows} rows, ${differences} differ`,
    ...shown.map(({ key, kind, columns }) => `  ${kind} ${key} ${columns.join(', ')}`.trimEnd()),
  ]);
  const verdict = isSame ? 'The views are the fold of the events' : 'The views differ from the events';
  return `${lines.join('\n')}\n${verdict} (${records} messages).\n`;
}

function showProgress(records: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${records} messages`);
}
