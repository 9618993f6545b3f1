import { describe, expect, it } from '@jest/globals';
import { type AnswerLine, countByRoute, distinct, type Finding, readRecord } from './case-record.js';
import { reportOf, summaryOf } from './fuzz-report.js';
import { judge } from './fuzz-verdict.js';

const answer = (operation: string, status: number): AnswerLine => ({
  kind: 'answer',
  operation,
  method: 'GET',
  phase: 'fuzzing',
  valid: true,
  status,
  ms: 1,
});
const finding = (operation: string, check = 'response_schema_conformance', status = 200): Finding => ({
  kind: 'finding',
  operation,
  check,
  title: 'Response violates schema',
  detail: 'customerId is required',
  status,
  curl: "curl -X GET 'http://127.0.0.1:1/v1/claims/clm-1'",
});
const CLAIMS = 'GET /v1/claims';
const QUOTES = 'POST /v1/quotes';
const lines = [
  ...Array.from({ length: 40 }, () => answer(CLAIMS, 200)),
  ...Array.from({ length: 57 }, () => answer(QUOTES, 400)),
  ...Array.from({ length: 3 }, () => answer(QUOTES, 304)),
];
const run = { seed: 7, cases: 100, operations: [CLAIMS, QUOTES], lines };

describe('the record of a fuzz', () => {
  it('is read line by line, without a last one that was cut off', () => {
    const text = `${JSON.stringify(lines[0])}\n${JSON.stringify(finding(CLAIMS))}\n{"kind":"ans`;
    expect(readRecord(text)).toEqual([lines[0], finding(CLAIMS)]);
    expect(readRecord('')).toEqual([]);
    expect(() => readRecord('nonsense\n')).toThrow(SyntaxError);
  });

  it('is counted by route', () => {
    expect(countByRoute([...lines, answer(CLAIMS, 503), finding(CLAIMS)])).toEqual([
      { operation: CLAIMS, cases: 41, ok: 40, redirected: 0, refused: 0, failed: 1, findings: 1 },
      { operation: QUOTES, cases: 60, ok: 0, redirected: 3, refused: 57, failed: 0, findings: 0 },
    ]);
  });

  it('has findings that are alike once, with their number', () => {
    const all = [finding(CLAIMS), finding(CLAIMS), finding(CLAIMS, 'status_code_conformance')];
    expect(distinct(all).map(({ first, count }) => [first.check, count])).toEqual([
      ['response_schema_conformance', 2],
      ['status_code_conformance', 1],
    ]);
  });
});

describe('a fuzz', () => {
  it('passes with enough cases, enough of them 2xx, and nothing found', () => {
    expect(judge(run).objections).toEqual([]);
    expect(reportOf(judge(run))).toContain('✓ 100 cases, 40.0 % of them answered 2xx, 0 answered 5xx');
    expect(summaryOf(judge(run))).toMatchObject({ passed: true, cases: 100, ok: 40, failed: 0, seed: 7 });
  });

  it.each([
    ['too few cases', { ...run, cases: 101 }, '100 cases, 101 were asked for'],
    [
      'too few successes',
      { ...run, lines: [...lines, ...Array.from({ length: 34 }, () => answer(QUOTES, 404))] },
      '29.8 % of the cases were answered 2xx, at least 30.0 % have to be',
    ],
    ['one 5xx', { ...run, lines: [...lines, answer(CLAIMS, 503)] }, '1 answers are 5xx'],
    ['one finding', { ...run, lines: [...lines, finding(CLAIMS)] }, '1 answers break a rule'],
    [
      'a route without a case',
      { ...run, operations: [CLAIMS, QUOTES, 'GET /v1/x'] },
      'no case for GET /v1/x',
    ],
    [
      'a run that broke off',
      { ...run, trouble: 'schemathesis ended with code 2' },
      'schemathesis ended with code 2',
    ],
  ])('does not pass with %s', (_name, broken, objection) => {
    const outcome = judge(broken);
    expect(outcome.objections).toEqual([objection]);
    const report = reportOf(outcome);
    expect(report).toContain(`✗ ${outcome.total.cases} cases`);
    expect(report).toContain(`npm run fuzz -- --cases ${broken.cases} --seed 7`);
    expect(summaryOf(outcome)).toMatchObject({ passed: false });
  });

  it('passes no run without a case', () => {
    expect(judge({ ...run, cases: 1, lines: [], operations: [] }).objections).toHaveLength(2);
  });

  it('shows how to send a request again whose answer broke a rule', () => {
    const outcome = judge({ ...run, lines: [...lines, finding(CLAIMS), finding(CLAIMS)] });
    const report = reportOf(outcome);
    expect(report).toContain('✗ GET /v1/claims: Response violates schema');
    expect(report).toContain('2 times');
    expect(report).toContain("curl -X GET 'http://127.0.0.1:1/v1/claims/clm-1'");
  });
});
