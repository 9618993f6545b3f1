import type { ValidateFunction } from 'ajv';
import { Ajv } from 'ajv';
import addFormatsModule from 'ajv-formats';
import type { PayloadClass } from '../message-definition.js';
import type { Violation } from '../reader/contract-error.js';
import type { JsonObject, Normalise } from './normaliser.js';
import { mapFieldsOf, normaliserOf } from './normaliser.js';
import type { JsonSchema } from './payload-schema.js';
import { payloadSchema } from './payload-schema.js';
import { takingSealed } from './sealed-text.js';
import { isDate, isUtcTime } from './time.js';
import { violationsOf } from './violations.js';

/** A payload class, compiled: what the hot path runs instead of class-validator. */
export interface CompiledContract {
  readonly schema: JsonSchema;
  /** Fields whose keys are data. */
  readonly mapFields: ReadonlySet<string>;
  /** Normalises, fills in defaults and checks, in place. Empty = valid. */
  read(value: JsonObject, path: string): readonly Violation[];
  /** Checks only; changes nothing. Empty = valid. */
  check(value: unknown, path: string): readonly Violation[];
}

const VALID: readonly Violation[] = [];
const contracts = new WeakMap<PayloadClass, CompiledContract>();

/** The compiled contract of a class; compiled at its first use, then kept. */
export function contractOf(payload: PayloadClass): CompiledContract {
  let contract = contracts.get(payload);
  if (contract === undefined) {
    contract = compile(payload);
    contracts.set(payload, contract);
  }
  return contract;
}

function compile(payload: PayloadClass): CompiledContract {
  const schema = payloadSchema(payload);
  let normalise: Normalise | undefined;
  let reading: ValidateFunction | undefined;
  let checking: ValidateFunction | undefined;
  return {
    schema,
    mapFields: mapFieldsOf(schema),
    read(value, path) {
      normalise ??= normaliserOf(schema);
      reading ??= readingAjv.compile(takingSealed(schema));
      normalise(value);
      return reading(value) ? VALID : violationsOf(reading.errors ?? [], path);
    },
    check(value, path) {
      checking ??= checkingAjv.compile(takingSealed(schema));
      return checking(value) ? VALID : violationsOf(checking.errors ?? [], path);
    },
  };
}

const readingAjv = createAjv(true);
const checkingAjv = createAjv(false);

function createAjv(useDefaults: boolean): Ajv {
  const ajv = new Ajv({
    allErrors: true,
    verbose: true,
    useDefaults,
    strict: true,
    strictTypes: false,
    allowUnionTypes: true,
    keywords: ['x-personal'],
  });
  // A CommonJS module under ESM: the types see the namespace, the program the function or the namespace.
  const addFormats = (addFormatsModule as unknown as { default?: AddFormats }).default ?? addFormatsModule;
  (addFormats as unknown as AddFormats)(ajv);
  // Stricter than the standard: after normalisation every time is UTC with Z. Texts with other digits of a second still sort otherwise than times.
  ajv.addFormat('date-time', { type: 'string', validate: isUtcTime });
  ajv.addFormat('date', { type: 'string', validate: isDate });
  return ajv;
}

type AddFormats = (ajv: Ajv) => void;
