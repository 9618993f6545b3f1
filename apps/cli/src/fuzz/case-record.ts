/** A line of the record that `tools/fuzz/fuzz_hooks.py` writes: one answer, or one rule that an answer broke. */
export type RecordLine = AnswerLine | Finding;

export interface AnswerLine {
  readonly kind: 'answer';
  /** As in the OpenAPI document, such as `GET /v1/claims/{claimId}`. */
  readonly operation: string;
  /** As it was sent: a case may try another one. */
  readonly method: string;
  readonly phase: string;
  /** Whether the request was meant to keep every rule of the document. */
  readonly valid: boolean;
  readonly status: number;
  readonly ms: number;
}

export interface Finding {
  readonly kind: 'finding';
  readonly operation: string;
  /** Of schemathesis, such as `response_schema_conformance`. */
  readonly check: string;
  readonly title: string;
  readonly detail: string;
  readonly status?: number;
  readonly phase?: string;
  /** Sends the request again. */
  readonly curl: string;
}

/** @throws SyntaxError for a line that is none, but for a last one that a killed process left unfinished */
export function readRecord(text: string): readonly RecordLine[] {
  const lines = text.split('\n');
  const whole = lines.slice(0, -1);
  return whole.map((line) => JSON.parse(line) as RecordLine);
}

export interface RouteCount {
  readonly operation: string;
  readonly cases: number;
  readonly ok: number;
  readonly redirected: number;
  readonly refused: number;
  readonly failed: number;
  readonly findings: number;
}

/** Cases by route, in the order of their names. */
export function countByRoute(lines: readonly RecordLine[]): readonly RouteCount[] {
  const byRoute = Map.groupBy(lines, ({ operation }) => operation);
  return [...byRoute]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([operation, own]) => {
      const answers = own.filter((line) => line.kind === 'answer');
      const inHundred = (hundred: number): number =>
        answers.filter(({ status }) => Math.floor(status / 100) === hundred).length;
      return {
        operation,
        cases: answers.length,
        ok: inHundred(2),
        redirected: inHundred(3),
        refused: inHundred(4),
        failed: inHundred(5),
        findings: own.length - answers.length,
      };
    });
}

/** Findings of the same rule on the same route are one mistake, most likely; the first stands for them. */
export function distinct(findings: readonly Finding[]): readonly { first: Finding; count: number }[] {
  const alike = Map.groupBy(findings, ({ operation, check, status }) => `${operation} ${check} ${status}`);
  return [...alike.values()].map((group) => ({ first: group[0] as Finding, count: group.length }));
}
