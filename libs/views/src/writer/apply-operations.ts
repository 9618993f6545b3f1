import { sql } from 'kysely';
import { type CardChange, type LetterChange, openLetter, resolvedStatus } from '../projections/operations.js';
import { upsert, type ViewsTransaction } from './upsert.js';

/** Letters first: what was done about one stands behind it on its partition. */
export async function applyLetters(
  transaction: ViewsTransaction,
  changes: readonly LetterChange[],
): Promise<void> {
  const letters = new Map<string, object>();
  for (const change of changes) {
    if (change.kind === 'letter' && !letters.has(change.row.letter_id)) {
      letters.set(change.row.letter_id, openLetter(change.row));
    }
  }
  await upsert(transaction, 'dead_letters', ['letter_id'], [...letters.values()], 'old');
  for (const change of changes) {
    if (change.kind !== 'resolution') continue;
    await transaction
      .updateTable('dead_letters')
      .set({ ...change.resolution, status: resolvedStatus(change.resolution) })
      .where('letter_id', '=', change.letterId)
      .where('status', '=', 'open')
      .execute();
  }
}

export async function applyCards(
  transaction: ViewsTransaction,
  changes: readonly CardChange[],
): Promise<void> {
  const last = new Map(changes.map((change) => [`${change.agentId}/${change.instanceId}`, change]));
  for (const { agentId, instanceId, card } of last.values()) {
    for (const table of ['parked_keys', 'agents'] as const) {
      await transaction
        .deleteFrom(table)
        .where('agent_id', '=', agentId)
        .where('instance_id', '=', instanceId)
        .execute();
    }
    if (!card) continue;
    await upsert(transaction, 'agents', ['agent_id', 'instance_id'], [{ ...card.row, status: 'current' }]);
    await upsert(transaction, 'parked_keys', ['agent_id', 'instance_id', 'customer_id'], card.parked);
  }
  // Each member of a group publishes its card with each generation: who has not is not of it any more.
  for (const agentId of new Set(changes.map(({ agentId }) => agentId))) {
    await sql`
      update agents set status = case
        when generation = (select max(generation) from agents where agent_id = ${agentId})
        then 'current' else 'superseded' end
      where agent_id = ${agentId}`.execute(transaction);
  }
}
