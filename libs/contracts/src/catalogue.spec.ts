import { describe, expect, it } from '@jest/globals';
import { AGENT_IDS } from './agents.js';
import { catalogue, createCatalogue } from './catalogue.js';
import { PRIORITIES } from './envelope.js';
import { defineMessage, type MessageDefinition } from './message-definition.js';
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

  it('audits every command from outside to an agent, and none that agents send each other', () => {
    for (const { type, topic, owner, audited } of catalogue.commands()) {
      expect([type, audited]).toEqual([type, topic === 'commands' && owner !== 'any']);
    }
  });

  it('calls what a person decides about a referred claim an approval, with who decided and why', () => {
    const { audit, example } = catalogue.get('DECIDE_REFERRED_CLAIM') as MessageDefinition;
    expect(audit?.kind).toBe('approval');
    expect(audit?.actor?.(example)).toBe('manager-7');
    expect(audit?.reason?.(example)).toBe("The expert's report confirms the loss.");
  });

  it('audits the decisions among the events, and nothing else', () => {
    const audited = catalogue.events().filter((definition) => definition.audited);
    expect(audited.map(({ type }) => type).sort()).toEqual([
      'CLAIM_APPROVED',
      'CLAIM_DENIED',
      'CLAIM_INFORMATION_REQUESTED',
      'CLAIM_PAID',
      'CLAIM_REFERRAL_ESCALATED',
      'CLAIM_REFERRED',
      'CLAIM_REOPENED',
      'COMMAND_REJECTED',
      'CUSTOMER_CONSENT_CHANGED',
      'PAYMENT_REFUSED',
      'PERSONAL_DATA_ERASED',
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

  it('writes a HIGH message to the lane of its topic, LOW and NORMAL to the topic itself', () => {
    const places = (type: string) =>
      PRIORITIES.map((priority) => catalogue.topicFor(catalogue.get(type) as MessageDefinition, priority));
    expect(places('FILE_CLAIM')).toEqual(['commands.high', 'commands', 'commands']);
    expect(places('CLAIM_FILED')).toEqual(['events.high', 'events', 'events']);
    expect(places('VERIFY_COVERAGE')).toEqual(['agent.policy.high', 'agent.policy', 'agent.policy']);
    // What is told has one order, and no lanes.
    expect(places('NOTIFICATION_REQUESTED')).toEqual(['notifications', 'notifications', 'notifications']);
    expect(places('AUDIT_RECORDED')).toEqual(['audit', 'audit', 'audit']);
  });

  it('gives the events of a stage their own topic where it is asked to, and moves no command', () => {
    const staged = catalogue.withStageTopics(['decision']);
    const place = (type: string) => staged.topicFor(catalogue.get(type) as MessageDefinition, 'NORMAL');
    expect(place('CLAIM_APPROVED')).toBe('stage.decision');
    expect(place('CLAIM_FILED')).toBe('events');
    expect(place('DECIDE_REFERRED_CLAIM')).toBe('commands');
    expect(staged.topicFor(catalogue.get('CLAIM_APPROVED') as MessageDefinition, 'HIGH')).toBe(
      'stage.decision.high',
    );
    expect(staged.eventTopics()).toEqual(['events', 'events.high', 'stage.decision', 'stage.decision.high']);
    expect(catalogue.eventTopics()).toEqual(['events', 'events.high']);
    const lanes = staged.all().flatMap((definition) => PRIORITIES.map((p) => staged.topicFor(definition, p)));
    expect(lanes.filter((topic) => !staged.messageTopics().includes(topic))).toEqual([]);
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
