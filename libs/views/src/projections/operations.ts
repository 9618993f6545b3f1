import type { Insertable } from 'kysely';
import type { AgentsTable, DeadLettersTable, ParkedKeysTable } from '../tables/operation.tables.js';

/** A dead letter as it came to lie, or what was done about one; the first of each counts. */
export type LetterChange =
  | { readonly kind: 'letter'; readonly row: LetterRow }
  | { readonly kind: 'resolution'; readonly letterId: string; readonly resolution: ResolutionColumns };

export type LetterRow = Omit<Insertable<DeadLettersTable>, 'status' | keyof ResolutionColumns>;

export type ResolutionColumns = Pick<
  Insertable<DeadLettersTable>,
  'action' | 'resolved_by' | 'resolved_at' | 'resolution_reason' | 'new_message_id'
>;

/** What an instance of an agent says of itself, or that it takes its card back; the last one counts. */
export interface CardChange {
  readonly agentId: string;
  readonly instanceId: string;
  readonly card:
    | {
        readonly row: Omit<Insertable<AgentsTable>, 'status'>;
        readonly parked: readonly Insertable<ParkedKeysTable>[];
      }
    | undefined;
}

const UNRESOLVED: ResolutionColumns = {
  action: null,
  resolved_by: null,
  resolved_at: null,
  resolution_reason: null,
  new_message_id: null,
};

export function openLetter(row: LetterRow): Insertable<DeadLettersTable> {
  return { ...row, ...UNRESOLVED, status: 'open' };
}

export function resolvedStatus({ action }: ResolutionColumns): DeadLettersTable['status'] {
  return action === 'drop' ? 'dropped' : 'redriven';
}
