import { describe, expect, it } from '@jest/globals';
import { AGENT_IDS } from './agents.js';
import { catalogue, createCatalogue } from './catalogue.js';
import { defineMessage } from './message-definition.js';
import * as payloads from './messages/payloads.js';
import { versionsOf } from './schema/published-schemas.js';
import { CustomerPayload } from './value-types.js';

class SurveyAnsweredPayload extends CustomerPayload {}

const surveyAnswered = {
  kind: 'event',
  type: 'SURVEY_ANSWERED',
  owner: 'survey-agent',
  stage: 'settlement',
  payload: SurveyAnsweredPayload,
  example: { customerId: 'cust-1' },
} as const;

describe('the catalogue', () => {
  it('has a definition for every payload class that is exported', () => {
    const classes = Object.values(payloads).filter((value) => String(value).startsWith('class'));
    const abstract = ['ClaimPayload'];
    const declared = new Set<unknown>(
      catalogue.all().flatMap((definition) => versionsOf(definition).map((version) => version.payload)),
    );
    const missing = classes
      .filter((type) => !declared.has(type))
      .map((type) => (type as { name: string }).name);
    expect(missing).toEqual(abstract);
  });

  it('names a payload class after its message type', () => {
    for (const { type, payload } of catalogue.all()) {
      const words = type.split('_').map((word) => `${word[0]}${word.slice(1).toLowerCase()}`);
      expect(payload.name).toBe(`${words.join('')}Payload`);
    }
  });

  it('sends commands to the commands topic or to the inbox of their owner, events to none of these', () => {
    const inbox = new Map(
      AGENT_IDS.map((agent, index) => [agent as string, ['risk', 'policy', 'claims', 'customer'][index]]),
    );
    for (const { kind, topic, owner } of catalogue.all()) {
      if (kind === 'command') expect(['commands', `agent.${inbox.get(owner)}`]).toContain(topic);
      else expect(['events', 'notifications', 'audit']).toContain(topic);
    }
  });

  it('gives every command one of the known agents as its owner, but those to the runtime of any agent', () => {
    const [toAny, owned] = [true, false].map((any) =>
      catalogue.commands().filter(({ owner }) => (owner === 'any') === any),
    );
    expect(toAny?.map(({ type }) => type)).toEqual(['ASK_TIMED_OUT', 'GIVE_UP_PARKED', 'RETRY_PARKED']);
    for (const { owner } of owned ?? []) expect(AGENT_IDS).toContain(owner);
  });

  it('audits the decisions, and nothing else', () => {
    const audited = catalogue.all().filter((definition) => definition.audited);
    expect(audited.map(({ type }) => type).sort()).toEqual([
      'CLAIM_APPROVED',
      'CLAIM_DENIED',
      'CLAIM_PAID',
      'CLAIM_REFERRED',
      'CLAIM_REOPENED',
      'CUSTOMER_CONSENT_CHANGED',
      'PAYMENT_REFUSED',
      'POLICY_BOUND',
      'POLICY_CANCELLED',
      'POLICY_ENDORSED',
      'POLICY_LAPSED',
      'POLICY_REINSTATED',
      'POLICY_RENEWED',
      'QUOTE_ACCEPTED',
      'QUOTE_DECLINED',
      'QUOTE_ISSUED',
      'RESERVE_RELEASED',
    ]);
  });

  it('keys every message by its customer', () => {
    for (const definition of catalogue.all()) {
      expect(definition.key(definition.example)).toBe('cust-1001');
    }
  });

  it('takes up the messages of other agents and leaves the original as it was', () => {
    const extended = catalogue.with([defineMessage(surveyAnswered)]);
    expect(extended.get('SURVEY_ANSWERED')?.topic).toBe('events');
    expect(extended.all()).toHaveLength(catalogue.all().length + 1);
    expect(catalogue.get('SURVEY_ANSWERED')).toBeUndefined();
  });

  it('refuses two definitions of one type', () => {
    expect(() => createCatalogue([defineMessage(surveyAnswered), defineMessage(surveyAnswered)])).toThrow(
      'SURVEY_ANSWERED is declared twice',
    );
  });
});

describe('a definition', () => {
  it('is refused when its name is not SCREAMING_SNAKE', () => {
    expect(() => defineMessage({ ...surveyAnswered, type: 'surveyAnswered' })).toThrow('SCREAMING_SNAKE');
  });

  it('is refused when a version is missing', () => {
    expect(() => defineMessage({ ...surveyAnswered, version: 2 })).toThrow('without gaps');
  });

  it('is refused when its example has no partition key', () => {
    expect(() => defineMessage({ ...surveyAnswered, example: { customerId: '' } })).toThrow('partition key');
  });
});
