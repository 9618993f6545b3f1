import { table } from '../platform/table.js';
import { distinct, type RouteCount } from './case-record.js';
import { type FuzzOutcome, percent } from './fuzz-verdict.js';

const DETAIL_LENGTH = 600;
const SHOWN = 40;

/** For people: every route with its answers, every finding once with a curl line, and the verdict. */
export function reportOf(outcome: FuzzOutcome): string {
  const { routes, total, findings, seed, cases, objections } = outcome;
  const rows = [...routes.map(rowOf), rowOf({ operation: 'all', ...total })];
  const parts = [
    table(['route', 'cases', '2xx', '3xx', '4xx', '5xx', 'findings'], rows),
    ...distinct(findings)
      .slice(0, SHOWN)
      .map(({ first, count }) =>
        [
          `✗ ${first.operation}: ${first.title} (${first.check}, status ${first.status ?? 'none'}), ${count} times`,
          indented(first.detail.slice(0, DETAIL_LENGTH)),
          indented(first.curl),
        ].join('\n'),
      ),
    verdictOf(outcome),
    ...(objections.length === 0
      ? []
      : [`The same cases again: npm run fuzz -- --cases ${cases} --seed ${seed}`]),
  ];
  return parts.join('\n\n');
}

/** For programs: the verdict and the counts. */
export function summaryOf({ seed, total, routes, findings, untried, objections }: FuzzOutcome): object {
  return {
    passed: objections.length === 0,
    seed,
    ...total,
    routes: routes.length,
    untried,
    objections,
    findings: distinct(findings).map(({ first, count }) => ({ ...first, count })),
  };
}

function verdictOf({ total, objections }: FuzzOutcome): string {
  const share = percent(total.cases === 0 ? 0 : total.ok / total.cases);
  const said = `${total.cases} cases, ${share} of them answered 2xx, ${total.failed} answered 5xx, ${total.findings} outside the document`;
  return objections.length === 0 ? `✓ ${said}` : `✗ ${said}: ${objections.join('; ')}`;
}

function rowOf({ operation, cases, ok, redirected, refused, failed, findings }: RouteCount): string[] {
  return [operation, ...[cases, ok, redirected, refused, failed, findings].map(String)];
}

function indented(text: string): string {
  return text
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
}
