import { describe, expect, it } from '@jest/globals';
import { catalogue as product, HEADER } from '@aika/contracts';
import { FORWARDED_HEADER } from '../runtime/record-intake.js';
import { catalogue, COUNTER } from '../runtime/suite/counter-agent.fixtures.js';
import { type DeadLetter, LETTER_HEADER } from './letter.js';
import { type RedriveRules, redrivenId, redriveOf } from './redriven-message.js';

const rules: RedriveRules = {
  catalogue,
  namespace: 'ns',
  now: Date.parse('2026-02-01T00:00:00Z'),
  maxRecordBytes: 10_000,
  force: false,
};
const add = {
  messageId: 'msg-1',
  messageType: 'ADD',
  timestamp: '2026-01-01T00:00:00Z',
  payload: { customerId: 'c-1', amount: 1 },
};

function letter(body: unknown, changes: Partial<DeadLetter> = {}): DeadLetter {
  return {
    id: 'msg-letter',
    status: 'open',
    code: 'NO_WAY',
    agentId: COUNTER,
    messageType: 'ADD',
    customerId: 'c-1',
    messageId: 'msg-1',
    origin: { topic: 'ns.events', partition: 3, offset: 7 },
    attempts: 1,
    at: '2026-01-02T00:00:00Z',
    recordedAt: '2026-01-01T12:00:00.000Z',
    bytes: 1,
    position: { partition: 3, offset: 0 },
    causes: [],
    key: Buffer.from('some key'),
    body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
    headers: {},
    ...changes,
  };
}

function sent(dead: DeadLetter, edited?: object, changes: Partial<RedriveRules> = {}) {
  const redrive = redriveOf(dead, edited && Buffer.from(JSON.stringify(edited)), { ...rules, ...changes });
  if (!redrive.ok) throw new Error(redrive.detail);
  const { value, headers, ...message } = redrive.message;
  return {
    ...message,
    text: value.toString(),
    json: () => JSON.parse(value.toString()) as Record<string, unknown>,
    header: (name: string) => headers[name]?.toString(),
  };
}

describe('a redriven message', () => {
  it('goes to the agent that gave it up alone: others have handled the original', () => {
    const { topic, json, header } = sent(letter({ ...add, targetAgentId: null }));
    expect(topic).toBe('ns.events');
    expect(json()['targetAgentId']).toBe(COUNTER);
    expect(header(HEADER.target)).toBe(COUNTER);
  });

  it('goes in the lane of its priority, also one that was mended to another priority', () => {
    const high = { ...add, priority: 'HIGH' };
    const origin = { topic: 'ns.events.high', partition: 3, offset: 7 };
    expect(sent(letter(high, { origin })).topic).toBe('ns.events.high');
    expect(sent(letter(high)).topic).toBe('ns.events.high');
    expect(sent(letter(high, { origin }), { ...add, priority: 'LOW' }).topic).toBe('ns.events');
    const unknown = letter(add, {
      code: 'UNKNOWN_MESSAGE_TYPE',
      origin: { ...origin, topic: 'ns.commands' },
    });
    expect(sent(unknown, high).topic).toBe('ns.commands.high');
  });

  it('has an id of its own that derives from the letter, in the JSON and in the header', () => {
    const { messageId, json, header } = sent(letter(add));
    expect(messageId).toBe(redrivenId('msg-letter'));
    expect([json()['messageId'], header(HEADER.messageId)]).toEqual([messageId, messageId]);
    expect(redrivenId('msg-other')).not.toBe(messageId);
  });

  it('keeps the time of the original: its own, or that of the record where it names none', () => {
    expect(sent(letter(add)).json()['timestamp']).toBe('2026-01-01T00:00:00Z');
    const { timestamp: _, ...timeless } = add;
    expect(sent(letter(timeless)).json()['timestamp']).toBe('2026-01-01T12:00:00.000Z');
  });

  it('keeps what we do not know of it, and its version', () => {
    const message = { ...add, shoeSize: 44, metadata: { sessionId: 's-1', own: [1] } };
    expect(sent(letter(message)).json()).toEqual({
      ...message,
      messageId: redrivenId('msg-letter'),
      targetAgentId: COUNTER,
      metadata: { sessionId: 's-1', own: [1], correlationId: 'msg-1', causationId: 'msg-1' },
    });
    expect(sent(letter(add)).header(HEADER.version)).toBe('1');
  });

  it('of an old version stays of that version: its agent knows how to read it', () => {
    const [old] = product.get('FILE_CLAIM')?.previousVersions ?? [];
    const message = { messageType: 'FILE_CLAIM', schemaVersion: 1, payload: old?.example };
    const dead = letter(message, { messageType: 'FILE_CLAIM' });
    const { json, header } = sent(dead, undefined, { catalogue: product });
    expect(json()['payload']).toEqual(old?.example);
    expect([json()['schemaVersion'], header(HEADER.version)]).toEqual([1, '1']);
  });

  it('in snake_case has each label once', () => {
    const message = {
      message_id: 'msg-1',
      message_type: 'ADD',
      target_agent_id: 'x',
      payload: { customer_id: 'c-1', amount: 1 },
    };
    const labels = Object.keys(sent(letter(message)).json());
    expect(labels.filter((label) => /^(message_?id|target_?agent_?id)$/i.test(label)).sort()).toEqual([
      'messageId',
      'targetAgentId',
    ]);
  });

  it('links to its letter, carries the original headers, and may be forwarded anew', () => {
    const headers = {
      mine: Buffer.from('x'),
      [FORWARDED_HEADER]: Buffer.from('ns.commands/1/2'),
      [LETTER_HEADER.redriveOf]: Buffer.from('msg-letter-before'),
    };
    const { header } = sent(letter(add, { headers }));
    expect(header('mine')).toBe('x');
    expect(header(FORWARDED_HEADER)).toBeUndefined();
    expect(header(LETTER_HEADER.redriveOf)).toBe('msg-letter');
  });

  it('is keyed by its customer, whatever key the original had', () => {
    expect(sent(letter(add))).toMatchObject({ key: 'c-1', place: { customerId: 'c-1' } });
  });

  it('that was no known type goes the way of its new type, not to who swept it up', () => {
    const dead = letter('{', { code: 'NOT_JSON', agentId: 'steward', messageType: undefined });
    const edited = sent(dead, add);
    expect(edited.topic).toBe('ns.commands');
    expect(edited.header(HEADER.target)).toBe(COUNTER);
    const unknown = letter(add, { code: 'UNKNOWN_MESSAGE_TYPE', agentId: 'steward' });
    expect(sent(unknown).header(HEADER.target)).toBe(COUNTER);
  });

  it('of a type that only its own agent knows goes back unchecked to that agent', () => {
    const own = { ...add, messageType: 'GREET' };
    const dead = letter(own, { messageType: 'GREET', agentId: 'greeter' });
    expect(sent(dead)).toMatchObject({ topic: 'ns.events', place: { partition: 3 } });
    expect(sent(dead).json()).toMatchObject({ messageType: 'GREET', targetAgentId: 'greeter' });
    const edited = redriveOf(dead, Buffer.from(JSON.stringify(own)), rules);
    expect(edited).toMatchObject({ ok: false, code: 'UNKNOWN_MESSAGE_TYPE' });
  });

  it('that is forced has its bytes as they were, where they cannot carry a label', () => {
    const dead = letter('{"a": ', { code: 'NOT_JSON' });
    expect(redriveOf(dead, undefined, rules)).toMatchObject({ ok: false, code: 'NOT_JSON' });
    const forced = sent(dead, undefined, { force: true });
    expect(forced).toMatchObject({ text: '{"a": ', place: { partition: 3 }, topic: 'ns.events' });
    expect(forced.header(HEADER.messageId)).toBe(redrivenId('msg-letter'));
  });

  it('that nests too deep is forced as it is, without walking it', () => {
    const deep = `{"a":${'['.repeat(2000)}${']'.repeat(2000)}}`;
    expect(redriveOf(letter(deep), undefined, rules)).toMatchObject({ ok: false, code: 'TOO_DEEP' });
    expect(sent(letter(deep), undefined, { force: true }).text).toBe(deep);
  });

  it('was dated in the future and can be sent once its time has come', () => {
    const early = letter(add, { code: 'TIMESTAMP_IN_FUTURE' });
    const before = { ...rules, now: Date.parse('2025-12-01T00:00:00Z') };
    expect(redriveOf(early, undefined, before)).toMatchObject({ ok: false, code: 'TIMESTAMP_IN_FUTURE' });
    expect(redriveOf(early, undefined, rules).ok).toBe(true);
  });

  it.each(['', 'other.commands', 'nsx.commands'])(
    'does not go to a topic "%s" that is none of ours',
    (topic) => {
      const dead = letter(add, { origin: { topic, partition: 0, offset: 0 } });
      expect(redriveOf(dead, undefined, rules)).toMatchObject({ ok: false, code: 'NO_ORIGIN' });
    },
  );
});
