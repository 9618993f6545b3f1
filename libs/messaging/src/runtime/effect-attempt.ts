import type { EffectCall, EffectDefinition, EffectHandler, EffectResult } from '../agent/index.js';
import { RetriableError } from '../agent/handler-error.js';

type Limits = Pick<EffectDefinition, 'timeoutMs' | 'graceMs'>;

/**
 * One attempt of an effect. The call's signal aborts at the time-out and when `dropped` does; a handler that
 * goes on all the same is waited for during the grace and then left to itself.
 *
 * @returns its result, also when it came during the grace
 * @throws what the handler threw; RetriableError `EFFECT_TIMED_OUT`
 */
export async function attemptEffect(
  handler: EffectHandler<object>,
  request: object,
  call: Omit<EffectCall, 'signal'>,
  { timeoutMs, graceMs, dropped }: Limits & { readonly dropped: AbortSignal },
): Promise<EffectResult> {
  const abort = new AbortController();
  const timeout = setTimeout(() => abort.abort(timedOut(timeoutMs)), timeoutMs);
  const drop = (): void => abort.abort(dropped.reason);
  dropped.addEventListener('abort', drop, { once: true });
  let grace: NodeJS.Timeout | undefined;
  const overdue = new Promise<never>((_, reject) => {
    const leave = (): void => reject(abort.signal.reason as Error);
    abort.signal.addEventListener('abort', () => (grace = setTimeout(leave, graceMs)), { once: true });
  });
  try {
    return await Promise.race([handler(request, { ...call, signal: abort.signal }), overdue]);
  } finally {
    clearTimeout(timeout);
    clearTimeout(grace);
    dropped.removeEventListener('abort', drop);
  }
}

function timedOut(timeoutMs: number): RetriableError {
  return new RetriableError('EFFECT_TIMED_OUT', `No answer within ${timeoutMs} ms.`);
}
