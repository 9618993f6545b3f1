import { describe, expect, it } from '@jest/globals';
import { catalogue } from '../catalogue.js';
import { RegisterCustomer, SendConversationMessage } from '../messages/messages.js';
import { ListOf, Nested, Text } from './field.decorators.js';
import { hasPersonalFields, MASKED, withoutPersonal } from './personal-fields.js';

class Person {
  @Text({ personal: true })
  readonly name!: string;
  @Text()
  readonly town!: string;
}

class Household {
  @Nested(() => Person)
  readonly head!: Person;
  @ListOf(() => Person)
  readonly members!: readonly Person[];
  @Nested(() => Person, { personal: true })
  readonly witness!: Person;
}

describe('what a contract marks personal', () => {
  it('is masked at every depth, and with it what the contract does not know', () => {
    const person = { name: 'Ada', town: 'London' };
    const value = { head: person, members: [person, person], witness: person, full_name: 'Ada' };
    const shown = { name: MASKED, town: 'London' };
    expect(withoutPersonal(Household, value)).toEqual({
      head: shown,
      members: [shown, shown],
      witness: MASKED,
      full_name: MASKED,
    });
    expect(value.head.name).toBe('Ada');
  });

  it('is masked whatever is in it: a text in place of an object, an object in place of a text', () => {
    expect(withoutPersonal(Person, { name: { first: 'Ada' }, town: 1 })).toEqual({ name: MASKED, town: 1 });
    expect(withoutPersonal(Household, { head: 'Ada' })).toEqual({ head: 'Ada' });
  });

  it('is known of every message: none of the values of an example of a marked field is left', () => {
    const marked = catalogue.all().filter(({ payload }) => hasPersonalFields(payload));
    expect(marked.map(({ type }) => type)).toContain(RegisterCustomer.type);
    const { customerId, consents, channels } = RegisterCustomer.example;
    const left = withoutPersonal(RegisterCustomer.payload, RegisterCustomer.example) as Record<
      string,
      unknown
    >;
    expect(left).toMatchObject({ customerId, consents, channels, fullName: MASKED, dateOfBirth: MASKED });
    const line = JSON.stringify(
      withoutPersonal(SendConversationMessage.payload, SendConversationMessage.example),
    );
    expect(line).not.toContain('hail');
  });
});
