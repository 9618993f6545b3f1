import { catalogue, contractOf, validatePayload } from '@aika/contracts';
import { describe, expect, it } from '@jest/globals';
import { takesMark } from './sealer.js';

type Field = Parameters<typeof takesMark>[0];

/** Every personal field of every version of every message. */
const fields = catalogue.all().flatMap((definition) =>
  [definition.payload, ...definition.previousVersions.map(({ payload }) => payload)].flatMap((payload) => {
    const { schema } = contractOf(payload);
    return [schema, ...Object.values(schema.definitions ?? {})].flatMap(
      ({ properties = {}, required = [] }) =>
        Object.entries(properties)
          .filter(([, field]) => field['x-personal'] === true)
          .map(([name, field]) => ({
            name: `${definition.type}.${name}`,
            field,
            isRequired: required.includes(name),
          })),
    );
  }),
);

describe('a personal field of a message', () => {
  it('takes the mark of an erased value, or may be missing', () => {
    expect(fields.length).toBeGreaterThan(5);
    const impossible = fields.filter(({ field, isRequired }) => isRequired && !takesMark(field));
    expect(impossible.map(({ name }) => name)).toEqual([]);
  });

  it('takes the mark only where it keeps to the rules of the field', () => {
    const text: Field = { type: 'string', minLength: 1, maxLength: 200 };
    expect(takesMark(text)).toBe(true);
    for (const more of [
      { maxLength: 16 },
      { minLength: 9 },
      { pattern: 'x' },
      { format: 'date' },
      { type: 'object' },
    ]) {
      expect(takesMark({ ...text, ...more })).toBe(false);
    }
  });

  it('takes a sealed text whatever its rules are, and no other text than before', () => {
    const definition = catalogue.get('REGISTER_CUSTOMER');
    if (!definition) throw new Error('not there');
    const told = (dateOfBirth: string) => validatePayload(definition, { customerId: 'cust-1', dateOfBirth });
    expect(told('aika-sealed.1.o.Y3VzdC0x.AAAA')).toEqual([]);
    expect(told('1984-05-17')).toEqual([]);
    for (const wrong of [
      '1984',
      'aika-sealed.1.',
      'aika-sealed.1.o.Y3 dC0x.AAAA',
      'x aika-sealed.1.o.Y3.AAAA',
    ]) {
      expect(told(wrong)).toEqual([{ path: '/dateOfBirth', expected: 'date', found: expect.any(String) }]);
    }
  });
});
