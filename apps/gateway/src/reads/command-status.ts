import { CommandRejected, type CommandRejectedPayload } from '@aika/contracts';
import type { RowOf } from '@aika/views';
import { outcomeAmong } from '../commands/command-catalogue.js';
import { historyOf } from './answers-of-rows.js';
import type { CommandStatusAnswer } from './history-answers.js';

type Command = Pick<RowOf<'commands'>, 'message_id' | 'type' | 'customer_id' | 'occurred_at'>;
type Letter = Pick<RowOf<'dead_letters'>, 'letter_id' | 'status' | 'code'>;

/**
 * What became of a command.
 * @param events what followed from it, oldest first
 * @param letter the dead letter that it is, if it is one
 */
export function commandStatusOf(
  command: Command,
  events: readonly RowOf<'events'>[],
  letter: Letter | undefined,
): CommandStatusAnswer {
  const { message_id: messageId, type: messageType, customer_id: customerId, occurred_at: sentAt } = command;
  const known = { messageId, messageType, customerId, sentAt, events: events.map(historyOf) };
  const refusal = events.map(refusalOf).find((found) => found?.commandId === messageId);
  if (refusal) {
    const { code, detail } = refusal;
    return { ...known, status: 'refused', refusal: { code, detail } };
  }
  const outcome = outcomeAmong(messageType, events);
  if (outcome) return { ...known, status: 'handled', outcome: historyOf(outcome) };
  // Commands that the edge does not know have no named outcome: what they caused is one.
  if (outcome === undefined && events.some(({ causation_id }) => causation_id === messageId)) {
    return { ...known, status: 'handled' };
  }
  if (letter) return { ...known, status: 'failed', deadLetterId: letter.letter_id };
  return { ...known, status: 'accepted' };
}

function refusalOf({ type, payload }: RowOf<'events'>): CommandRejectedPayload | undefined {
  return type === CommandRejected.type ? (payload as unknown as CommandRejectedPayload) : undefined;
}
