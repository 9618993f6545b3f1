import type { CommittedRecord } from '../java/committed-reader.js';

/** A question that was put, and how it has to end. */
export interface ExpectedAsk {
  /** Message id of what made the agent ask, or of the command that came from outside. */
  readonly id: string;
  readonly customerId: string;
  readonly outcome: 'replied' | 'sold_out' | 'timed-out';
}

interface Message {
  readonly messageId: string;
  readonly messageType: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly metadata?: { readonly requestId?: string; readonly causationId?: string };
}

export function messagesIn(records: readonly CommittedRecord[]): readonly Message[] {
  return records.flatMap(({ value }) => (value === null ? [] : [JSON.parse(value) as Message]));
}

/**
 * What is wrong with asks between agents, from committed records alone: each has one question, one reply where the
 * asked agent gives one, and one outcome, and both agents' states have counted each of them once. A customer's last
 * question is one that is replied to.
 *
 * @returns nothing when all is well
 */
export function faultsOfAsks(
  asks: readonly ExpectedAsk[],
  records: readonly CommittedRecord[],
): readonly string[] {
  const messages = messagesIn(records);
  const of = (type: string): readonly Message[] => messages.filter(({ messageType }) => messageType === type);
  const faults = asks.flatMap(({ id, outcome }) => {
    const questions = of('CHECK_STOCK').filter(({ metadata }) => metadata?.causationId === id);
    const ends = of('ORDER_ENDED').filter(({ payload }) => payload['orderId'] === id);
    return [
      ...unlessOne(questions.length, `question of ${id}`),
      ...unlessOne(ends.length, `outcome of ${id}`),
      ...ends
        .filter(({ payload }) => payload['outcome'] !== outcome)
        .map(({ payload }) => `${id} ended with ${String(payload['outcome'])}, not ${outcome}`),
      ...questions.flatMap(({ messageId }) => faultsOfReplies(messageId, outcome, messages)),
    ];
  });
  return [...faults, ...faultsOfCounts(of('ORDER_ENDED')), ...faultsOfChecks(asks, of('STOCK_CHECKED'))];
}

/** The same for a command from outside, whose asker keeps its outcome to itself. */
export function faultsOfReplies(
  commandId: string,
  outcome: ExpectedAsk['outcome'],
  messages: readonly Message[],
): readonly string[] {
  const replies = messages.filter(({ messageType, payload, metadata }) =>
    messageType === 'STOCK_CHECKED'
      ? metadata?.requestId === commandId
      : messageType === 'COMMAND_REJECTED' && payload['commandId'] === commandId,
  );
  if (outcome !== 'timed-out') return unlessOne(replies.length, `reply to ${commandId}`);
  return replies.length === 0 ? [] : [`${replies.length} replies to ${commandId}`];
}

/** The asker's state: one that took an answer twice, or lost one, has counted otherwise than 1, 2, 3, … */
function faultsOfCounts(messages: readonly Message[]): readonly string[] {
  const byCustomer = Map.groupBy(messages, ({ payload }) => String(payload['customerId']));
  return [...byCustomer].flatMap(([customerId, own]) => {
    const counts = own.map(({ payload }) => Number(payload['count'])).sort((a, b) => a - b);
    const isRight = counts.every((count, n) => count === n + 1);
    return isRight ? [] : [`answers of ${customerId} were counted ${counts.join(', ')}`];
  });
}

/** The asked agent's state: a customer's last question has the number of all its questions. */
function faultsOfChecks(asks: readonly ExpectedAsk[], checked: readonly Message[]): readonly string[] {
  return [...Map.groupBy(asks, ({ customerId }) => customerId)].flatMap(([customerId, own]) => {
    const counts = checked
      .filter(({ payload }) => payload['customerId'] === customerId)
      .map(({ payload }) => Number(payload['count']));
    const isRight = counts.length > 0 && Math.max(...counts) === own.length;
    return isRight ? [] : [`questions of ${customerId} were counted ${counts.join(', ')}, not ${own.length}`];
  });
}

function unlessOne(count: number, what: string): readonly string[] {
  return count === 1 ? [] : [`${count} × ${what}`];
}
