import { describe, expect, it } from '@jest/globals';
import type { CommittedRecord } from '@aika/testing';
import { isClean, type LoggedEvent } from '../verdict.js';
import {
  judgeErased,
  judgePlainText,
  judgeSaid,
  judgeSealed,
  type Said,
  type StoredKey,
} from './keys-verdict.js';

const desk: Said = {
  messageId: 'msg-1',
  customerId: 'cust-1',
  secrets: ['Ottilie Muster', 'ottilie@secret.example.org'],
  by: 'desk',
  outcome: 'CUSTOMER_REGISTERED',
};
const foreign: Said = {
  messageId: 'msg-2',
  customerId: 'cust-1',
  secrets: ['My son broke the window.'],
  by: 'foreign',
  outcome: 'CONVERSATION_MESSAGE_RECORDED',
};

const event = (type: string, causationId: string, payload = {}): LoggedEvent => ({
  ...{ messageId: `out-${causationId}`, type, payload, causationId },
});

const record = (topic: string, value: string, more: Partial<CommittedRecord> = {}): CommittedRecord => ({
  ...{ topic, partition: 0, offset: 5, timestamp: 1, key: 'cust-1', value, headers: [], base64: [] },
  ...more,
});

const sealedOf = (customerId: string, box: string): string =>
  `aika-sealed.1.t.${Buffer.from(customerId).toString('base64url')}.${box}`;

const isCommands = (topic: string): boolean => topic === 'aika.commands';

describe('what was said', () => {
  const whole = [
    event('CUSTOMER_REGISTERED', 'msg-1'),
    event('CONVERSATION_OPENED', 'msg-2'),
    event('CONVERSATION_MESSAGE_RECORDED', 'msg-2'),
  ];

  it('has one outcome each', () => {
    expect(isClean(judgeSaid([desk, foreign], whole))).toBe(true);
  });

  it('is lost without, and doubled with two', () => {
    expect(judgeSaid([desk, foreign], whole.slice(0, 2)).lost).toEqual([
      'CONVERSATION_MESSAGE_RECORDED of msg-2',
    ]);
    expect(judgeSaid([desk], [...whole, event('CUSTOMER_REGISTERED', 'msg-1')]).doubled).toEqual([
      'CUSTOMER_REGISTERED of msg-1',
    ]);
  });
});

describe('plain text', () => {
  const said = [desk, foreign];
  const plainIn = (...records: readonly CommittedRecord[]): readonly string[] =>
    judgePlainText(said, records, isCommands).verdict.divergent;

  it('is seen where a foreign client has written it, and is nothing wrong there', () => {
    const records = [
      record('aika.commands', `{"text":"${foreign.secrets[0]}"}`),
      record('aika.events', '{}'),
    ];
    expect(judgePlainText(said, records, isCommands)).toMatchObject({ seen: 1, verdict: { divergent: [] } });
  });

  it('is found on any other topic, and where the desk should have sealed it', () => {
    const found = ['plain text of cust-1 stands on aika.events/0@5'];
    expect(plainIn(record('aika.events', `{"text":"${foreign.secrets[0]}"}`))).toEqual(found);
    expect(plainIn(record('aika.commands', `{"email":"${desk.secrets[1]}"}`))).toEqual([
      'plain text of cust-1 stands on aika.commands/0@5',
    ]);
  });

  it('is found in keys, headers, and what is no UTF-8', () => {
    const hidden = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('of Ottilie Muster')]).toString(
      'base64',
    );
    expect(plainIn(record('aika.dlq', '{}', { key: 'Ottilie Muster' }))).toHaveLength(1);
    expect(plainIn(record('aika.dlq', '{}', { headers: [['reason', 'no Ottilie Muster']] }))).toHaveLength(1);
    expect(plainIn(record('aika.dlq', hidden, { base64: ['value'] }))).toHaveLength(1);
    expect(
      plainIn(record('aika.dlq', '{}', { headers: [['why', hidden]], base64: ['headers.why'] })),
    ).toHaveLength(1);
  });
});

describe('sealed texts', () => {
  const [good, other] = [sealedOf('cust-1', 'good'), sealedOf('cust-2', 'good')];
  const live: StoredKey = { status: 'live', opens: (text) => text.endsWith('good') };

  it('are opened with the one key of their owner, each once', () => {
    const records = [
      record('aika.events', `{"a":"${good}"}`),
      record('aika.state.customer', `{"d":"${good}"}`),
    ];
    expect(judgeSealed(records, new Map([['cust-1', live]]))).toMatchObject({
      opened: 1,
      verdict: { divergent: [] },
    });
  });

  it('diverge where another key has sealed them, or nobody has one', () => {
    const bad = sealedOf('cust-1', 'bad');
    const records = [record('aika.events', `{"a":"${bad}","b":"${other}"}`)];
    expect(judgeSealed(records, new Map([['cust-1', live]])).verdict.divergent).toEqual([
      'a value of cust-1 on aika.events/0@5 was sealed under another key',
      'a value of cust-2 on aika.events/0@5 has no key',
    ]);
  });

  it('of somebody erased are left alone, and are not counted', () => {
    const keys = new Map<string, StoredKey>([['cust-1', { status: 'erased' }]]);
    expect(judgeSealed([record('aika.events', good)], keys)).toMatchObject({
      opened: 0,
      verdict: { divergent: [] },
    });
  });
});

describe('who was erased', () => {
  const told = event('PERSONAL_DATA_ERASED', 'msg-3', { customerId: 'cust-1' });
  const keys = new Map<string, StoredKey>([['cust-1', { status: 'erased' }]]);
  const none = new Map<string, string>();

  it('has a tombstone and no profile, and was told of once', () => {
    expect(isClean(judgeErased(['cust-1'], keys, [told], none))).toBe(true);
  });

  it('has lost the tombstone, or was never told of', () => {
    expect(judgeErased(['cust-1'], new Map(), [told], none).lost).toEqual(['tombstone of cust-1']);
    expect(judgeErased(['cust-1'], keys, [], none).lost).toEqual(['PERSONAL_DATA_ERASED of cust-1']);
  });

  it('was told of twice', () => {
    expect(judgeErased(['cust-1'], keys, [told, told], none).doubled).toEqual([
      'PERSONAL_DATA_ERASED of cust-1',
    ]);
  });

  it('has a key or a profile again, or was not to be erased', () => {
    const again = new Map<string, StoredKey>([['cust-1', { status: 'live', opens: () => true }]]);
    const profile = new Map([['s/cust-1/customer-profile/cust-1', '{}']]);
    expect(judgeErased(['cust-1'], again, [told], none).divergent).toEqual([
      'cust-1 was erased and has a key',
    ]);
    expect(judgeErased(['cust-1'], keys, [told], profile).divergent).toEqual([
      'cust-1 was erased and has a profile',
    ]);
    expect(judgeErased([], keys, [told], none).divergent).toEqual([
      'cust-1 was erased, and nobody asked for it',
    ]);
  });
});
