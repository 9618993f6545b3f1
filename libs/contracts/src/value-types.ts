import { Decimal, Id, Int, ListOfOneOf, Nested, OneOf, Flag, Text } from './schema/field.decorators.js';

/** Currencies that the book is kept in, ISO 4217; all have two decimals. */
export const CURRENCIES = ['GBP', 'DKK', 'EUR', 'USD'] as const;
export type Currency = (typeof CURRENCIES)[number];

export const PRODUCTS = ['MOTOR', 'HOME'] as const;
export type Product = (typeof PRODUCTS)[number];

/** What a motor policy can cover. */
export const MOTOR_PERILS = ['COLLISION', 'THEFT', 'FIRE', 'HAIL', 'WINDSCREEN', 'LIABILITY'] as const;
/** What a home policy can cover. */
export const HOME_PERILS = ['FIRE', 'STORM', 'HAIL', 'WATER', 'BURGLARY', 'FLOOD'] as const;
/** Every cause of loss of any product. */
export const PERILS = [...MOTOR_PERILS, 'STORM', 'WATER', 'BURGLARY', 'FLOOD'] as const;
export type MotorPeril = (typeof MOTOR_PERILS)[number];
export type HomePeril = (typeof HOME_PERILS)[number];
export type Peril = MotorPeril | HomePeril;

/** Rating district, 1 (rural) to 4 (large cities). */
export const DISTRICTS = [1, 2, 3, 4] as const;
export type District = (typeof DISTRICTS)[number];

/** Engine size class. */
export const ENGINES = ['<1l', '1-1.5l', '1.5-2l', '>2l'] as const;
export type Engine = (typeof ENGINES)[number];

export const CONSTRUCTIONS = ['BRICK', 'STONE', 'TIMBER'] as const;
export type Construction = (typeof CONSTRUCTIONS)[number];

/** Ways to reach a customer. */
export const CHANNELS = ['LOG', 'EMAIL', 'WEBHOOK'] as const;
export type Channel = (typeof CHANNELS)[number];

/** What a customer can consent to. */
export const CONSENT_PURPOSES = ['SERVICE', 'MARKETING', 'DATA_SHARING'] as const;
export type ConsentPurpose = (typeof CONSENT_PURPOSES)[number];

/** Name of a reason or an indicator: snake_case, stable, for programs. */
export const REASON_CODE = /^[a-z][a-z0-9_]*$/;

/** An amount of money: whole minor units (pence, øre, cents) and their currency. */
export interface Money {
  readonly amount: number;
  readonly currency: Currency;
}

/** Money of zero or more. */
export class MoneyValue implements Money {
  @Int({ min: 0, max: Number.MAX_SAFE_INTEGER, description: 'Minor units (pence, øre, cents).' })
  readonly amount!: number;
  @OneOf(CURRENCIES, { description: 'ISO 4217.' })
  readonly currency!: Currency;
}

/** Money that may be negative: a difference, a refund as seen from the other side. */
export class SignedMoneyValue implements Money {
  @Int({
    min: Number.MIN_SAFE_INTEGER,
    max: Number.MAX_SAFE_INTEGER,
    description: 'Minor units (pence, øre, cents); negative is in favour of the customer.',
  })
  readonly amount!: number;
  @OneOf(CURRENCIES, { description: 'ISO 4217.' })
  readonly currency!: Currency;
}

/** What a motor policy is rated by. */
export class MotorFacts {
  @OneOf(DISTRICTS, { description: '1 (rural) to 4 (large cities).' })
  readonly district!: District;
  @OneOf(ENGINES, { description: 'Engine size in litres.' })
  readonly engine!: Engine;
  @Int({ min: 17, max: 110, description: 'Years.' })
  readonly driverAge!: number;
}

/** What a home policy is rated by. */
export class HomeFacts {
  @OneOf(CONSTRUCTIONS)
  readonly construction!: Construction;
  @Nested(() => MoneyValue, { description: 'What the customer carries.' })
  readonly sumInsured!: Money;
  @Nested(() => MoneyValue, {
    optional: true,
    description: 'What would have to be carried; without it, the sum insured.',
  })
  readonly rebuildingCost?: Money;
}

/** What a policy pays for: one limit and one deductible for all its perils. */
export class Cover {
  @ListOfOneOf(PERILS)
  readonly perils!: readonly Peril[];
  @Nested(() => MoneyValue, { description: 'Most that one loss pays.' })
  readonly limit!: Money;
  @Nested(() => MoneyValue, { description: 'Part of a loss that the customer bears.' })
  readonly deductible!: Money;
}

/** Cover as wished: what is left out stays as it is or is recommended. */
export class RequestedCover {
  @ListOfOneOf(PERILS, { optional: true })
  readonly perils?: readonly Peril[];
  @Nested(() => MoneyValue, { optional: true })
  readonly limit?: Money;
  @Nested(() => MoneyValue, { optional: true })
  readonly deductible?: Money;
}

/** Why something was decided: a code for programs, a sentence for people. */
export class Reason {
  @Text({ max: 100, pattern: REASON_CODE })
  readonly code!: string;
  @Text({ max: 1000, description: 'A plain sentence.' })
  readonly detail!: string;
}

/** A sign of fraud with its weight. Signs refer a claim to a person, they never deny it. */
export class FraudIndicator {
  @Text({ max: 100, pattern: REASON_CODE })
  readonly code!: string;
  @Int({ min: 0 })
  readonly points!: number;
  @Text({ max: 1000, description: 'A plain sentence.' })
  readonly detail!: string;
}

/** One step of a premium's calculation. */
export class RatingStep {
  @Text({ max: 100 })
  readonly step!: string;
  @Text({ max: 50, description: 'Relativity applied, as a decimal number.' })
  readonly factor!: string;
  @Nested(() => MoneyValue, { description: 'A year, after this step.' })
  readonly premium!: Money;
}

/** A consent given or refused. */
export class ConsentChoice {
  @OneOf(CONSENT_PURPOSES)
  readonly purpose!: ConsentPurpose;
  @Flag()
  readonly granted!: boolean;
}

/** What every payload carries: the customer that it is about, which is the partition key. */
export abstract class CustomerPayload {
  @Id({ description: 'The customer that the message is about; the partition key.' })
  readonly customerId!: string;
}

/** Bonus-malus coefficient (0.50 best, 1.00 start, 3.50 worst) as an optional or required field. */
export const BonusMalus = (options: { optional?: boolean; default?: number } = {}): PropertyDecorator =>
  Decimal({ ...options, min: 0.5, max: 3.5, description: 'Bonus-malus coefficient; 1 is the start.' });
