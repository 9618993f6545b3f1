import { describe, expect, it } from '@jest/globals';
import { jsonOf, reportOf } from './bench-report.js';
import { comparedRows, row } from './bench-row.js';

const throughput = comparedRows(
  'throughput',
  'msg/s',
  new Map([
    ['aika', 21_000],
    ['kafka-streams', 14_000],
  ]),
);

describe('rows of peers', () => {
  it('carry the ratio of each to every other', () => {
    expect(throughput).toEqual([
      { name: 'throughput.aika', value: 21_000, unit: 'msg/s', ratioTo: { 'kafka-streams': 1.5 } },
      { name: 'throughput.kafka-streams', value: 14_000, unit: 'msg/s', ratioTo: { aika: 0.667 } },
    ]);
  });

  it('have no ratio to a peer that measured nothing', () => {
    const rows = comparedRows(
      'cpu',
      'µs',
      new Map([
        ['aika', 3],
        ['nest', 0],
      ]),
    );
    expect(rows.map(({ ratioTo }) => ratioTo)).toEqual([{}, { aika: 0 }]);
  });
});

describe('the report', () => {
  const outcome = { rows: throughput, skipped: [{ name: 'restart', reason: 'no copy on disk yet' }] };

  it('gives the ratios before the figures, and what was not measured with its reason', () => {
    expect(reportOf(outcome)).toBe(
      [
        'Ratios',
        '  ROW                       COMPARED WITH',
        '  throughput.aika           1.5 × kafka-streams',
        '  throughput.kafka-streams  0.667 × aika',
        '',
        'Figures',
        '  ROW                       VALUE   UNIT',
        '  throughput.aika           21,000  msg/s',
        '  throughput.kafka-streams  14,000  msg/s',
        '',
        'Not measured',
        '  ROW      REASON',
        '  restart  no copy on disk yet',
      ].join('\n'),
    );
  });

  it('has no heading over nothing', () => {
    expect(reportOf({ rows: [row('fnol.idle.p50', 51.23, 'ms')], skipped: [] })).toBe(
      ['Figures', '  ROW            VALUE  UNIT', '  fnol.idle.p50  51.2   ms'].join('\n'),
    );
  });

  it('is one line of JSON for programs', () => {
    expect(JSON.parse(jsonOf(outcome))).toEqual(outcome);
    expect(jsonOf(outcome)).not.toContain('\n');
  });
});
