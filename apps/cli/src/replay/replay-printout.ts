import { COMPARED, type Compared, type ReplayDifference, type ReplayReport } from '@aika/messaging';
import { table } from '../platform/table.js';

const NAMES: Readonly<Record<Compared, string>> = {
  inputs: 'messages handled',
  outputs: 'outputs',
  deadLetters: 'dead letters',
  effects: 'effects asked for',
  states: 'states and timers',
};
const LONGEST_VALUE = 60;

/** A report for people. */
export function replayPrintout(report: ReplayReport): string {
  const { partitions, compared, notes, differences, differenceCount } = report;
  const counts = COMPARED.map((of) => {
    const { same, different, missing, extra } = compared[of];
    return [NAMES[of], same, different, missing, extra].map(String);
  });
  const parts = [
    table(
      ['partition', 'handled from', 'until', 'messages', 'timers', 'effects'],
      partitions.map(({ partition, from, until, messages, timers, effects }) =>
        [partition, from, until, messages, timers, effects].map(String),
      ),
    ),
    table(['compared', 'same', 'different', 'missing', 'extra'], counts),
    ...(notes.length > 0 ? [notes.map((note) => `Note: ${note}`).join('\n')] : []),
    ...(differences.length > 0 ? [differencesTable(differences)] : []),
    ...(differenceCount > differences.length
      ? [`${differenceCount - differences.length} more differences: --limit shows more.`]
      : []),
    figuresOf(report),
    verdictOf(report),
  ];
  return `${parts.join('\n\n')}\n`;
}

function differencesTable(differences: readonly ReplayDifference[]): string {
  const rows = differences.flatMap((difference) => {
    const { verdict, of, name, id, customerId, fields } = difference;
    const head = [verdict, `${NAMES[of]}: ${name}`, id, customerId];
    if (fields.length === 0) return [head];
    return fields.map((field) => [
      ...head,
      field.path,
      ...('recorded' in field || 'now' in field ? [shown(field.recorded), shown(field.now)] : []),
    ]);
  });
  const hasValues = rows.some((row) => row.length > 5);
  const headings = ['difference', 'what', 'id', 'customer', 'field'];
  return table(hasValues ? [...headings, 'recorded', 'now'] : headings, rows);
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? '(not there)';
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE - 1)}…` : text;
}

function figuresOf({ partitions, tookMs, peakMemoryMb }: ReplayReport): string {
  const steps = partitions.reduce((sum, part) => sum + part.messages + part.timers + part.effects, 0);
  const perSecond = Math.round(steps / Math.max(0.001, tookMs / 1000));
  return `${steps} steps in ${(tookMs / 1000).toFixed(1)} s, ${perSecond} a second; ${peakMemoryMb} MB of memory at most.`;
}

function verdictOf({
  agentId,
  isSame,
  isInterrupted,
  differenceCount,
  writtenTo,
  partitions,
}: ReplayReport): string {
  const written =
    writtenTo === undefined
      ? ''
      : ` What was made is in ${writtenTo}: AIKA_NAMESPACE=${writtenTo} aika tail --from-start.`;
  if (isInterrupted)
    return `Interrupted: ${partitions.length} partitions of ${agentId} were compared.${written}`;
  if (partitions.length === 0) return `Nothing of ${agentId} was handled in that range.${written}`;
  if (isSame) return `${agentId} makes the same of its history.${written}`;
  return `${agentId} makes something else of its history: ${differenceCount} differences.${written}`;
}
