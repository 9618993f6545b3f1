import type { Envelope, NotificationRequestedPayload } from '@aika/contracts';

export interface ExpectedOutputs {
  readonly inputs: number;
  /** The peer promises that no output is doubled. */
  readonly exactlyOnce: boolean;
  /** The peer kept state: its last output for a customer tells how many inputs the customer had. */
  readonly withState: boolean;
}

/**
 * Whether a peer did the work: an output for every input, none doubled where that is promised, and state that counted
 * every input. A peer that is fast because it loses something must not win.
 * @returns what is wrong; empty when nothing is
 */
export function faultsOf(values: readonly string[], expected: ExpectedOutputs): readonly string[] {
  const payloads = values.map(
    (value) => (JSON.parse(value) as Envelope<NotificationRequestedPayload>).payload,
  );
  const inputs = new Set(payloads.map(({ causedBy }) => causedBy));
  const faults: string[] = [];
  if (inputs.size !== expected.inputs)
    faults.push(`${inputs.size} of ${expected.inputs} inputs have an output`);
  if (expected.exactlyOnce && payloads.length !== inputs.size) {
    faults.push(`${payloads.length - inputs.size} outputs are doubled`);
  }
  const counted = expected.withState ? countedByState(payloads) : expected.inputs;
  if (counted !== expected.inputs) faults.push(`state counted ${counted} of ${expected.inputs} inputs`);
  return faults;
}

function countedByState(payloads: readonly NotificationRequestedPayload[]): number {
  const approved = new Map<string, number>();
  for (const { customerId, parameters } of payloads) {
    approved.set(customerId, Math.max(approved.get(customerId) ?? 0, Number(parameters['approved'])));
  }
  return [...approved.values()].reduce((sum, count) => sum + count, 0);
}
