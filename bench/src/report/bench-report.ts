import type { BenchRow, SkippedRow } from './bench-row.js';

export interface BenchOutcome {
  readonly rows: readonly BenchRow[];
  readonly skipped: readonly SkippedRow[];
}

/** The outcome for people: ratios first, then the figures, then what was not measured. */
export function reportOf({ rows, skipped }: BenchOutcome): string {
  const compared = rows.filter(({ ratioTo }) => Object.keys(ratioTo).length > 0);
  return [
    section('Ratios', table(['row', 'compared with'], compared.map(ratioLine))),
    section('Figures', table(['row', 'value', 'unit'], rows.map(figureLine))),
    section(
      'Not measured',
      table(
        ['row', 'reason'],
        skipped.map(({ name, reason }) => [name, reason]),
      ),
    ),
  ]
    .filter((text) => text !== '')
    .join('\n\n');
}

/** The last line of `--json`. */
export function jsonOf({ rows, skipped }: BenchOutcome): string {
  return JSON.stringify({ rows, skipped });
}

function ratioLine({ name, ratioTo }: BenchRow): readonly string[] {
  return [
    name,
    Object.entries(ratioTo)
      .map(([peer, ratio]) => `${ratio} × ${peer}`)
      .join(', '),
  ];
}

function figureLine({ name, value, unit }: BenchRow): readonly string[] {
  return [name, value.toLocaleString('en', { maximumSignificantDigits: 3 }), unit];
}

function section(title: string, text: string): string {
  return text === '' ? '' : `${title}\n${text}`;
}

/** Aligned columns, two spaces between them; empty without rows. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const lines = [headings.map((heading) => heading.toUpperCase()), ...rows];
  const widths = headings.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
  return lines
    .map((line) => line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
    .map((line) => `  ${line.trimEnd()}`)
    .join('\n');
}
