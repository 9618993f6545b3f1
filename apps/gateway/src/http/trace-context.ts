import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** Where a request stands in a trace (W3C Trace Context). */
export interface TraceContext {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** Of this request's own span: what it causes names it as its parent. */
  readonly traceparent: string;
}

const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;
const ALL_ZERO = /^0+$/;
const traces = new WeakMap<IncomingMessage, TraceContext>();

/** Goes on with the caller's trace, or begins one where the header is missing or malformed, as W3C asks. */
export function traceContextOf(header: string | undefined): TraceContext {
  const [, traceId, parentId, flags = '01'] = TRACEPARENT.exec(header ?? '') ?? [];
  const isValid = traceId && parentId && !ALL_ZERO.test(traceId) && !ALL_ZERO.test(parentId);
  const own = isValid ? traceId : randomDigits();
  const spanId = randomDigits().slice(16);
  return { traceId: own, traceparent: `00-${own}-${spanId}-${isValid ? flags : '01'}` };
}

/** 32 hexadecimal digits, never all zero. From UUIDs, whose bytes come from a stock and not from the kernel each time. */
function randomDigits(): string {
  return randomUUID().replaceAll('-', '');
}

/** The request's place in its trace; made when it is first asked for. */
export function traceOf(request: IncomingMessage): TraceContext {
  let trace = traces.get(request);
  if (trace === undefined) {
    const { traceparent } = request.headers;
    trace = traceContextOf(typeof traceparent === 'string' ? traceparent : undefined);
    traces.set(request, trace);
  }
  return trace;
}

/** Every answer names its trace, those of parsers and limits too. */
export function traceRequests(request: IncomingMessage, response: ServerResponse, next: () => void): void {
  response.setHeader('traceparent', traceOf(request).traceparent);
  next();
}
