import 'reflect-metadata';
import { Type } from 'class-transformer';
import * as rule from 'class-validator';
import type { targetConstructorToSchema } from 'class-validator-jsonschema';
import { JSONSchema } from 'class-validator-jsonschema';
import { ID_PATTERN, MAX_ID_LENGTH } from '../ids.js';
import { isDate, isUtcTime } from './time.js';

/**
 * The vocabulary that payload classes are written in. Each decorator states the class-validator rules of
 * one kind of field and what its JSON Schema says about it, so that a class stays one line per field.
 */

/** What may be said about any field. */
export interface FieldOptions {
  /** The field may be missing. Implied by `default`. */
  readonly optional?: boolean;
  /** Value that a reader fills in when the field is missing. */
  readonly default?: unknown;
  /** For the JSON Schema: units, meaning. */
  readonly description?: string;
  /** The field may be null, which then means something else than a missing field. */
  readonly nullable?: boolean;
  /** The field holds personal data (marked `x-personal` in the schema). */
  readonly personal?: boolean;
}

/** Names of the rules below that class-validator does not have; the schema maker translates them. */
export const UTC_TIME_RULE = 'isUtcTime';
export const DATE_RULE = 'isDateOnly';
export const STRING_MAP_RULE = 'isStringMap';

/** Identifier of a customer, policy, claim, message and the like. */
export const Id = (options: FieldOptions = {}): PropertyDecorator =>
  field(options, rule.IsString(), rule.Length(1, MAX_ID_LENGTH), rule.Matches(ID_PATTERN));

/** Text with a length, in characters (default 1 to 200), and a pattern if given. */
export const Text = (
  options: FieldOptions & { min?: number; max?: number; pattern?: RegExp } = {},
): PropertyDecorator =>
  field(
    options,
    rule.IsString(),
    rule.Length(options.min ?? 1, options.max ?? 200),
    ...(options.pattern ? [rule.Matches(options.pattern)] : []),
  );

/** List of texts, each 1 to `max` characters (default 100); the list may be empty. */
export const TextList = (options: FieldOptions & { max?: number } = {}): PropertyDecorator =>
  field(
    options,
    rule.IsArray(),
    rule.IsString({ each: true }),
    rule.Length(1, options.max ?? 100, { each: true }),
  );

/** One of the listed values. */
export const OneOf = (values: readonly (string | number)[], options: FieldOptions = {}): PropertyDecorator =>
  field(options, rule.IsIn(values));

/** List of the listed values; the list may be empty. */
export const ListOfOneOf = (values: readonly string[], options: FieldOptions = {}): PropertyDecorator =>
  field(options, rule.IsArray(), rule.IsIn(values, { each: true }));

/** Whole number. */
export const Int = (options: FieldOptions & { min?: number; max?: number } = {}): PropertyDecorator =>
  field(options, rule.IsInt(), ...bounds(options));

/** List of whole numbers; the list may be empty. */
export const IntList = (options: FieldOptions = {}): PropertyDecorator =>
  field(options, rule.IsArray(), rule.IsInt({ each: true }));

/** Number with decimals. */
export const Decimal = (options: FieldOptions & { min?: number; max?: number } = {}): PropertyDecorator =>
  field(options, rule.IsNumber(), ...bounds(options));

export const Flag = (options: FieldOptions = {}): PropertyDecorator => field(options, rule.IsBoolean());

/** Point in time, RFC 3339 in UTC with `Z`. */
export const Time = (options: FieldOptions = {}): PropertyDecorator =>
  field(options, custom(UTC_TIME_RULE, isUtcTime, 'must be a time in UTC such as 2026-01-31T12:00:00Z'));

/** Day without a time, such as 2026-01-31. */
export const DateOnly = (options: FieldOptions = {}): PropertyDecorator =>
  field(options, custom(DATE_RULE, isDate, 'must be a day such as 2026-01-31'));

/** Object whose keys are data, not field names, and whose values are texts. */
export const StringMap = (options: FieldOptions = {}): PropertyDecorator =>
  field(options, custom(STRING_MAP_RULE, isStringMap, 'must be an object of texts'));

/** Object without a schema of its own. */
export const AnyObject = (options: FieldOptions = {}): PropertyDecorator => field(options, rule.IsObject());

/** Object of another decorated class. */
export const Nested = (type: () => new () => object, options: FieldOptions = {}): PropertyDecorator =>
  field(options, rule.IsObject(), rule.ValidateNested(), Type(type));

/** List of objects of another decorated class; the list may be empty. */
export const ListOf = (type: () => new () => object, options: FieldOptions = {}): PropertyDecorator =>
  field(options, rule.IsArray(), rule.ValidateNested({ each: true }), Type(type));

function field(options: FieldOptions, ...rules: PropertyDecorator[]): PropertyDecorator {
  const isOptional = options.optional === true || options.default !== undefined;
  return (target, key) => {
    for (const decorate of rules) decorate(target, key);
    if (isOptional) rule.IsOptional()(target, key);
    JSONSchema((schema) => describe(schema, options))(target, String(key));
  };
}

type SchemaObject = ReturnType<typeof targetConstructorToSchema>;

function describe(schema: SchemaObject, options: FieldOptions): SchemaObject {
  return {
    ...schema,
    ...(options.nullable === true ? ({ type: [schema.type, 'null'] } as object) : {}),
    ...(options.description === undefined ? {} : { description: options.description }),
    ...(options.default === undefined ? {} : { default: options.default }),
    ...(options.personal === true ? { 'x-personal': true } : {}),
  };
}

function bounds(options: { min?: number; max?: number }): PropertyDecorator[] {
  return [
    ...(options.min === undefined ? [] : [rule.Min(options.min)]),
    ...(options.max === undefined ? [] : [rule.Max(options.max)]),
  ];
}

function custom(name: string, validate: (value: unknown) => boolean, message: string): PropertyDecorator {
  return rule.ValidateBy({ name, validator: { validate, defaultMessage: () => `$property ${message}` } });
}

function isStringMap(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((entry) => typeof entry === 'string')
  );
}
