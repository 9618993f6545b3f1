import type { AuditLine, Finding, PartitionReport } from '@aika/audit';
import { table } from '../platform/table.js';

const COLUMNS = ['partition', 'seals', 'verified', 'unsealed', 'expired', 'findings'] as const;

/** What was verified, each finding with its place, and a verdict. */
export function verifyReport(reports: readonly PartitionReport[], hasSecondPlace: boolean): string {
  const findings = reports.flatMap((report) => report.findings);
  const rows = reports.map((report) => [
    ...COLUMNS.slice(0, -1).map((column) => String(report[column])),
    String(report.findings.length),
  ]);
  const keys = [...new Set(reports.flatMap(({ keyIds }) => keyIds))];
  const notCopied = sumOf(reports, 'notCopied');
  return [
    table(COLUMNS, rows),
    '',
    ...findings.map(findingLine),
    ...(keys.length === 0 ? [] : [`signed with ${keys.length === 1 ? 'key' : 'keys'} ${keys.join(', ')}`]),
    ...(notCopied === 0 ? [] : [`${notCopied} seals are not in the second place yet`]),
    ...(hasSecondPlace
      ? []
      : ['without a second place: seals that were made anew with the key are not found']),
    verdict(reports, findings),
    '',
  ].join('\n');
}

/** `partition 2, offset 23: CHANGED, another record stands here than was sealed` */
export function findingLine({ partition, place, kind, detail, ...where }: Finding): string {
  const { sequence, offset, until, sealedAt, count } = where;
  const seal = place === 'records' || sequence === undefined ? undefined : `seal ${sequence}`;
  const range = until === undefined ? `offset ${offset}` : `offsets ${offset} to ${until - 1}`;
  const places = [
    `partition ${partition}`,
    ...(place === 'second-place' ? ['second place'] : []),
    ...(seal === undefined ? [] : [seal]),
    ...(offset === undefined ? [] : [range]),
    ...(sealedAt === undefined ? [] : [`sealed at ${sealedAt}`]),
  ];
  return `${places.join(', ')}: ${kind}${count === undefined ? '' : ` (${count})`}, ${detail}`;
}

function verdict(reports: readonly PartitionReport[], findings: readonly Finding[]): string {
  const verified = sumOf(reports, 'verified');
  if (findings.length > 0) return `The trail is not as it was sealed: ${findings.length} findings.`;
  if (sumOf(reports, 'seals') === 0) return 'Nothing is sealed yet.';
  return `The trail is as it was sealed: ${verified} records.`;
}

function sumOf(reports: readonly PartitionReport[], field: 'verified' | 'seals' | 'notCopied'): number {
  return reports.reduce((sum, report) => sum + report[field], 0);
}

const HEADINGS = ['recorded', 'kind', 'action', 'actor', 'customer', 'object', 'reason'];

/** Lines of the trail as a table. */
export function searchReport(lines: readonly AuditLine[]): string {
  if (lines.length === 0) return 'No lines match.\n';
  const rows = lines.map((line) => [
    line.recordedAt.slice(0, 19).replace('T', ' '),
    line.kind ?? 'decision',
    `${line.action}${line.outcome === 'refused' ? ' (refused)' : ''}`,
    ...[line.actor, line.customerId, line.object ?? '', line.reason ?? ''],
  ]);
  return `${table(HEADINGS, rows)}\n${lines.length} ${lines.length === 1 ? 'line' : 'lines'}\n`;
}
