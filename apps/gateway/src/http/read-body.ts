import { contractOf, type PayloadClass } from '@aika/contracts';
import { rejectViolations } from './problem.js';

/** A body that is no message, as its class says. @throws ProblemError `invalid-request` with every violation */
export function readBody<P extends object>(type: PayloadClass<P>, body: unknown): P {
  if (typeof body !== 'object' || body === null) {
    rejectViolations([{ path: '', expected: 'a JSON object', found: 'nothing' }]);
  }
  const values = { ...(body as Record<string, unknown>) };
  rejectViolations(contractOf(type).read(values, ''));
  return values as P;
}
