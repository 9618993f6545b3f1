import { describe, expect, it } from '@jest/globals';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Min, ValidateNested } from 'class-validator';
import { CustomerPayload } from '../value-types.js';
import { contractOf } from './compiled-contract.js';
import { ListOf, Nested, StringMap, Time } from './field.decorators.js';
import { payloadSchema } from './payload-schema.js';

class Plain {
  @IsInt()
  @Min(1)
  count!: number;
  @IsOptional()
  @IsString()
  note?: string;
}

class PlainParent {
  @ValidateNested({ each: true })
  @Type(() => Plain)
  parts!: Plain[];
}

class Node {
  @Time()
  readonly at!: string;
  @Nested(() => Node, { optional: true })
  readonly next?: Node;
}

class Family extends CustomerPayload {
  @ListOf(() => Node)
  readonly nodes!: readonly Node[];
  @StringMap()
  readonly labels!: Readonly<Record<string, string>>;
}

const other = { Plain: class Plain extends CustomerPayload {} };

class TwoOfOneName {
  @Nested(() => Plain)
  readonly first!: Plain;
  @Nested(() => other.Plain)
  readonly second!: object;
}

describe('the schema of a class', () => {
  it('comes from plain class-validator decorators too', () => {
    expect(payloadSchema(PlainParent)).toMatchObject({
      required: ['parts'],
      properties: { parts: { type: 'array', items: { $ref: '#/definitions/Plain' } } },
      definitions: { Plain: { required: ['count'], properties: { count: { type: 'integer', minimum: 1 } } } },
    });
  });

  it('includes the fields of the class that it extends', () => {
    expect(payloadSchema(Family).required).toEqual(['nodes', 'labels', 'customerId']);
  });

  it('is refused when two nested classes share a name', () => {
    expect(() => payloadSchema(TwoOfOneName)).toThrow('two classes are called Plain');
  });
});

describe('the compiled contract of a class', () => {
  it('normalises times in lists and in a class that contains itself', () => {
    const value = {
      customerId: 'c',
      nodes: [{ at: '2026-01-01T00:00:00', next: { at: '2026-01-02T01:00:00+01:00', next: null } }],
      labels: {},
    };
    expect(contractOf(Family).read(value, '')).toEqual([]);
    expect(value.nodes).toEqual([{ at: '2026-01-01T00:00:00Z', next: { at: '2026-01-02T00:00:00Z' } }]);
  });

  it('checks the entries of a map', () => {
    const violations = contractOf(Family).read({ customerId: 'c', nodes: [], labels: { a: 1 } }, '/payload');
    expect(violations).toEqual([{ path: '/payload/labels/a', expected: 'string', found: '1' }]);
  });
});
