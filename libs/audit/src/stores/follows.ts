import { AuditError } from '../audit-error.js';
import { NO_SEAL, type Seal, sealHash } from '../seal/seal.js';

/**
 * Whether a store has to write the seal.
 * @param last the newest one of its partition
 * @returns false when it is there already
 * @throws AuditError `SEAL_CONFLICT`
 */
export function hasToBeWritten(seal: Seal, last: Seal | undefined): boolean {
  const next = last === undefined ? 0 : last.sequence + 1;
  if (last && seal.sequence === last.sequence && sealHash(seal) === sealHash(last)) return false;
  const previous = last === undefined ? NO_SEAL : sealHash(last);
  if (seal.sequence === next && seal.previous === previous) return true;
  throw conflict(seal, last);
}

export function conflict({ topic, partition, sequence }: Seal, last: Seal | undefined): AuditError {
  const found = last === undefined ? 'there is none' : `the last one there is ${last.sequence}`;
  return new AuditError(
    'SEAL_CONFLICT',
    `Seal ${sequence} of ${topic}/${partition} does not follow what is in the second place: ${found}.`,
  );
}
