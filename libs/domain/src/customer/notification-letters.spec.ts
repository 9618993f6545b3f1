import { describe, expect, it } from '@jest/globals';
import { catalogue } from '@aika/contracts';
import { LETTER_TEMPLATES, letterOf } from './notification-letters.js';
import { NOTIFIED_EVENT_TYPES, type NotifiedEvent } from './notification-templates.js';
import { notificationsFor } from './notifications.js';

const requestFor = (type: string) => {
  const event = { type, data: catalogue.get(type)?.example } as NotifiedEvent;
  return notificationsFor(event, 'msg-1')[0]!;
};

describe('the letter of a notification', () => {
  it.each(NOTIFIED_EVENT_TYPES)('has words for %s, and every value in its place', (type) => {
    const letter = letterOf(requestFor(type));
    expect(letter?.subject).not.toBe('');
    expect(letter?.text).not.toMatch(/[{}]|undefined/);
  });

  it('has no words for what nobody is told about', () => {
    const templates = NOTIFIED_EVENT_TYPES.map((type) => requestFor(type).template);
    expect([...LETTER_TEMPLATES].sort()).toEqual([...templates].sort());
  });

  it('says the decision', () => {
    const parameters = { claimId: 'clm-1', reasons: 'The policy had lapsed.' };
    expect(letterOf({ template: 'claim-denied', parameters })).toEqual({
      subject: 'Our decision about your claim',
      text: 'We cannot pay your claim clm-1.\n\nThe policy had lapsed.\n',
    });
  });

  it('does not read placeholders in what a person has written', () => {
    const parameters = { claimId: 'clm-1', reasons: 'See {claimId} and $& too.' };
    expect(letterOf({ template: 'claim-denied', parameters })?.text).toContain('See {claimId} and $& too.');
  });

  it('is none where the template is unknown or a value is missing', () => {
    expect(letterOf({ template: 'birthday', parameters: {} })).toBeUndefined();
    expect(letterOf({ template: 'constructor', parameters: {} })).toBeUndefined();
    expect(letterOf({ template: 'claim-paid', parameters: { claimId: 'clm-1' } })).toBeUndefined();
  });
});
