import { fields, MoneyValue } from '@aika/contracts';

export const optional = { optional: true } as const;

/** Money that may be absent. */
export const Amount = (description?: string): PropertyDecorator =>
  fields.Nested(() => MoneyValue, { ...optional, ...(description ? { description } : {}) });
