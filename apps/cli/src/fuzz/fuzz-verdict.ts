import { countByRoute, type Finding, type RecordLine, type RouteCount } from './case-record.js';

/** Of all answers, so many have to be 2xx: a fuzz that only meets refusals proves little. */
export const LEAST_OK_SHARE = 0.3;

export interface FuzzOutcome {
  readonly seed: number;
  /** Asked for. */
  readonly cases: number;
  readonly routes: readonly RouteCount[];
  readonly findings: readonly Finding[];
  readonly total: Omit<RouteCount, 'operation'>;
  /** Routes of the document without a case. */
  readonly untried: readonly string[];
  /** What keeps the run from counting as passed; none = passed. */
  readonly objections: readonly string[];
}

export interface FuzzRun {
  readonly seed: number;
  readonly cases: number;
  readonly lines: readonly RecordLine[];
  /** Routes of the document, such as `GET /v1/claims`. */
  readonly operations: readonly string[];
  /** Why schemathesis did not come to its end, such as a document that it cannot read. */
  readonly trouble?: string | undefined;
}

/** Judges a run from its record alone. */
export function judge({ seed, cases, lines, operations, trouble }: FuzzRun): FuzzOutcome {
  const routes = countByRoute(lines);
  const findings = lines.filter((line) => line.kind === 'finding');
  const total = sum(routes);
  const tried = new Set(routes.filter((route) => route.cases > 0).map(({ operation }) => operation));
  const untried = operations.filter((operation) => !tried.has(operation));
  const share = total.cases === 0 ? 0 : total.ok / total.cases;
  const objections = [
    ...(trouble === undefined ? [] : [trouble]),
    ...(total.cases < cases ? [`${total.cases} cases, ${cases} were asked for`] : []),
    ...(share < LEAST_OK_SHARE
      ? [`${percent(share)} of the cases were answered 2xx, at least ${percent(LEAST_OK_SHARE)} have to be`]
      : []),
    ...(total.failed > 0 ? [`${total.failed} answers are 5xx`] : []),
    ...(findings.length > 0 ? [`${findings.length} answers break a rule`] : []),
    ...(untried.length > 0 ? [`no case for ${untried.join(', ')}`] : []),
  ];
  return { seed, cases, routes, findings, total, untried, objections };
}

export function percent(share: number): string {
  return `${(Math.floor(share * 1000) / 10).toFixed(1)} %`;
}

function sum(routes: readonly RouteCount[]): Omit<RouteCount, 'operation'> {
  const of = (name: keyof Omit<RouteCount, 'operation'>): number =>
    routes.reduce((all, route) => all + route[name], 0);
  return {
    cases: of('cases'),
    ok: of('ok'),
    redirected: of('redirected'),
    refused: of('refused'),
    failed: of('failed'),
    findings: of('findings'),
  };
}
