import type { DeadLetter, FoundLetter, LetterOutcome, LetterPage, LetterSummary } from '@aika/messaging';
import { table } from '../platform/table.js';

/** `msg-` and so many digits that two letters hardly share them. */
const SHORT_ID = 12;
const HEADINGS = ['id', 'given up', 'status', 'code', 'agent', 'type', 'customer'];

/** Letters as a table of at most 120 columns. */
export function listReport({ letters, matching }: LetterPage): string {
  if (matching === 0) return 'No dead letters match.\n';
  const shown = letters.length === matching ? `${matching}` : `${letters.length} of ${matching}`;
  return `${table(HEADINGS, letters.map(row))}\n${shown} ${matching === 1 ? 'letter' : 'letters'}\n`;
}

function row(letter: LetterSummary): readonly string[] {
  return [
    shortId(letter.id),
    letter.at.slice(0, 16).replace('T', ' '),
    statusOf(letter),
    cut(letter.code, 20),
    cut(letter.agentId.split('-')[0] ?? '', 8),
    cut(letter.messageType ?? '?', 29),
    cut(letter.customerId ?? '?', 15),
  ];
}

export function shortId(id: string): string {
  return id.slice(0, SHORT_ID);
}

function statusOf({ status, resolution }: LetterSummary): string {
  return resolution?.action === 'edit' ? 'edited' : status;
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}

/** One letter for people; the body only where it was asked for. */
export function letterReport({ letter, returnedAs }: FoundLetter, isWithBody: boolean): string {
  const lines = [
    ...facts(letter, returnedAs).map(([name, value]) => `${name.padEnd(10)} ${value}`),
    'causes',
    ...causeLines(letter),
    ...headerLines(letter),
    ...(isWithBody ? ['body', letter.body.toString()] : []),
  ];
  return `${lines.join('\n')}\n`;
}

function facts(letter: DeadLetter, returnedAs: readonly string[]): readonly (readonly [string, string])[] {
  const { origin, resolution } = letter;
  const how = resolution && `${resolution.action} by ${resolution.by} at ${resolution.at}`;
  const why = resolution?.reason === undefined ? '' : `: ${resolution.reason}`;
  return [
    ['letter', letter.id],
    ['status', how === undefined ? letter.status : `${letter.status} (${how})${why}`],
    ...(resolution?.newMessageId === undefined ? [] : [['sent as', resolution.newMessageId] as const]),
    ...returnedAs.map((id) => ['came back', id] as const),
    ...(letter.redriveOf === undefined ? [] : [['redrive of', letter.redriveOf] as const]),
    ['code', letter.code],
    ['agent', letter.agentId],
    ['given up', `${letter.at}, attempts: ${letter.attempts}`],
    ['from', `${origin.topic}/${origin.partition}@${origin.offset}, recorded ${letter.recordedAt}`],
    ['message', `${letter.messageType ?? 'of no known type'} ${letter.messageId}`],
    ['customer', letter.customerId ?? 'not known'],
    ['body', `${letter.bytes} bytes`],
  ];
}

function headerLines({ headers }: DeadLetter): readonly string[] {
  const lines = Object.entries(headers).map(([name, value]) => `  ${name}: ${value.toString()}`);
  return lines.length > 0 ? ['headers', ...lines] : ['headers    none'];
}

function causeLines({ causes }: DeadLetter): readonly string[] {
  return causes.flatMap(({ name, code, message, violations }) => [
    `  ${code === undefined ? name : `${name} ${code}`}: ${message}`,
    ...violationLines(Array.isArray(violations) ? violations : []),
  ]);
}

function violationLines(violations: readonly unknown[]): readonly string[] {
  return violations.map((violation) => {
    const { path, expected, found } = violation as Record<string, unknown>;
    return `    ${String(path) || '/'}: expected ${String(expected)}, found ${String(found)}`;
  });
}

/** What became of a letter: a line, and one more for each broken rule. */
export function outcomeReport(outcome: LetterOutcome, isDryRun: boolean): string {
  const id = shortId(outcome.id);
  switch (outcome.kind) {
    case 'sent': {
      const where = `${outcome.topic}/${outcome.partition} as ${outcome.newMessageId}`;
      return `${id}  ${isDryRun ? 'would be sent' : 'sent'} to ${where}`;
    }
    case 'dropped':
      return `${id}  ${isDryRun ? 'would be dropped' : 'dropped'}`;
    case 'already': {
      const { action, by, at } = outcome.resolution;
      return `${id}  nothing to do: ${PAST[action]} by ${by} at ${at}`;
    }
    case 'refused':
      return [
        `${id}  refused, ${outcome.code}: ${outcome.violations.length > 0 ? 'it breaks its contract' : outcome.detail}`,
        ...violationLines(outcome.violations),
      ].join('\n');
    case 'not-found':
      return `${outcome.id}  no such letter`;
    default:
      return outcome satisfies never;
  }
}

const PAST = { redrive: 'redriven', edit: 'edited and sent', drop: 'dropped' } as const;

/** The last line: how many of each. */
export function summaryReport(outcomes: readonly LetterOutcome[], isDryRun: boolean): string {
  const count = (kind: LetterOutcome['kind']): number =>
    outcomes.filter((outcome) => outcome.kind === kind).length;
  const parts = [
    [count('sent'), isDryRun ? 'would be sent' : 'sent'],
    [count('dropped'), isDryRun ? 'would be dropped' : 'dropped'],
    [count('already'), 'dealt with before'],
    [count('refused'), 'refused'],
    [count('not-found'), 'not found'],
  ] as const;
  const said = parts.filter(([number]) => number > 0).map(([number, what]) => `${number} ${what}`);
  const dry = isDryRun ? ' Dry run: nothing was written.' : '';
  return `${said.join(', ') || 'No dead letters match'}.${dry}`;
}
