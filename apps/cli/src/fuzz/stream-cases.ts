import { seededRandom } from '@aika/testing';
import type { AnswerLine, Finding, RecordLine } from './case-record.js';

const OPERATION = 'GET /v1/stream';
/** The answer has no end: its beginning is looked at. */
const LOOKED_AT_MS = 150;

/** What filters of the stream are tried with: good ones, odd ones, broken ones. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  customer: ['cust-fuzz-0001', 'cust-nobody', '', '%00', 'a b', 'ä', 'x'.repeat(300)],
  conversation: ['conv-fuzz-0002', '*', '..%2F..'],
  claim: ['clm-1', '[]', '%F0%9F%92%A9'],
  type: ['CLAIM_FILED', 'CLAIM_FILED,CLAIM_PAID', 'NO_SUCH_TYPE', ',,', 'null'],
  agent: ['claims-processing-agent', 'nobody', '%ff'],
  stage: ['settlement', 'intake', 'none'],
  lastEventId: ['', 'abc', 'W10', '0'],
  unknown: ['1'],
};

/**
 * Cases of the stream, which schemathesis leaves out: an answer without an end has no schema to be held against. Each
 * has to be an event stream that begins, or a problem document.
 */
export async function tryStream(
  { url, token }: { readonly url: string; readonly token: string },
  seed: number,
  cases: number,
): Promise<readonly RecordLine[]> {
  const random = seededRandom(seed);
  const draw = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
  const lines: RecordLine[] = [];
  for (let n = 0; n < cases; n++) {
    const names = Object.keys(VALUES).filter(() => random() < 0.25);
    const query = names.map((name) => `${name}=${draw(VALUES[name] ?? [''])}`).join('&');
    lines.push(...(await tryOnce(`${url}/v1/stream${query === '' ? '' : `?${query}`}`, token)));
  }
  return lines;
}

async function tryOnce(address: string, token: string): Promise<readonly RecordLine[]> {
  const begun = performance.now();
  const stop = new AbortController();
  try {
    const answer = await fetch(address, {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.any([stop.signal, AbortSignal.timeout(10_000)]),
    });
    const { status } = answer;
    const line: AnswerLine = {
      kind: 'answer',
      operation: OPERATION,
      method: 'GET',
      phase: 'stream',
      valid: status === 200,
      status,
      ms: Math.round(performance.now() - begun),
    };
    const broken = await brokenRule(answer, stop);
    return broken === undefined ? [line] : [line, { ...finding(address, broken), status }];
  } catch (error) {
    return [finding(address, `no answer: ${(error as Error).name}`)];
  } finally {
    stop.abort();
  }
}

async function brokenRule(answer: Response, stop: AbortController): Promise<string | undefined> {
  const type = answer.headers.get('content-type') ?? 'none';
  if (answer.status === 200) {
    if (!type.startsWith('text/event-stream')) return `status 200 with content type ${type}`;
    return brokenEvents(await beginning(answer, stop));
  }
  const isProblem = type.startsWith('application/problem+json');
  if (answer.status !== 400 || !isProblem) return `status ${answer.status} with content type ${type}`;
  const problem = (await answer.json()) as { readonly type?: unknown; readonly traceId?: unknown };
  return typeof problem.type === 'string' && typeof problem.traceId === 'string'
    ? undefined
    : 'a problem without type or traceId';
}

async function beginning(answer: Response, stop: AbortController): Promise<string> {
  setTimeout(() => stop.abort(), LOOKED_AT_MS).unref();
  const decoder = new TextDecoder();
  let text = '';
  try {
    for await (const chunk of answer.body ?? [])
      text += decoder.decode(chunk as Uint8Array, { stream: true });
  } catch (error) {
    if (!stop.signal.aborted) throw error;
  }
  return text;
}

/** Lines of an event stream are fields, comments, or empty; the last one may be cut off. */
export function brokenEvents(text: string): string | undefined {
  const lines = text.split('\n').slice(0, -1);
  const wrong = lines.find((line) => !/^(?:|:.*|(?:data|event|id|retry): ?.*)\r?$/.test(line));
  return wrong === undefined ? undefined : 'a line that is no field of an event stream';
}

function finding(address: string, detail: string): Finding {
  const curl = `curl -N '${address.replaceAll("'", '%27')}'`;
  return { kind: 'finding', operation: OPERATION, check: 'stream', title: 'No stream', detail, curl };
}
