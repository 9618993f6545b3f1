import { describe, expect, it } from '@jest/globals';

import { BrokerError, KAFKA_ERRORS, isTransient, toLogError } from './kafka-errors.js';

const told = (name: keyof typeof KAFKA_ERRORS) => {
  const { code, retriable } = toLogError(new BrokerError(KAFKA_ERRORS[name], 'Produce'), 'send');
  return { code, retriable };
};

describe('the error codes of a broker', () => {
  it.each([
    'ILLEGAL_GENERATION',
    'UNKNOWN_MEMBER_ID',
    'REBALANCE_IN_PROGRESS',
    'FENCED_INSTANCE_ID',
    'INVALID_PRODUCER_EPOCH',
    'PRODUCER_FENCED',
  ] as const)('%s means that somebody else has taken over', (name) => {
    expect(told(name)).toEqual({ code: 'FENCED', retriable: false });
  });

  it.each([
    'INVALID_RECORD',
    'INVALID_TIMESTAMP',
    'POLICY_VIOLATION',
    'UNSUPPORTED_FOR_MESSAGE_FORMAT',
  ] as const)('%s means that the record itself is refused, now and later', (name) => {
    expect(told(name)).toEqual({ code: 'RECORD_REFUSED', retriable: false });
  });

  it.each(['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE'] as const)('%s means too large', (name) => {
    expect(told(name)).toEqual({ code: 'RECORD_TOO_LARGE', retriable: false });
  });

  it.each([
    'NOT_LEADER_OR_FOLLOWER',
    'NOT_COORDINATOR',
    'CONCURRENT_TRANSACTIONS',
    'NOT_ENOUGH_REPLICAS',
  ] as const)('%s passes: the request is made again', (name) => {
    expect(isTransient(new BrokerError(KAFKA_ERRORS[name], 'Produce'))).toBe(true);
    expect(told(name)).toEqual({ code: 'UNAVAILABLE', retriable: true });
  });

  it('that is not known is final, and blames no record', () => {
    const { code, retriable } = toLogError(new BrokerError(76, 'Produce'), 'send');
    expect({ code, retriable }).toEqual({ code: 'UNAVAILABLE', retriable: false });
  });
});
