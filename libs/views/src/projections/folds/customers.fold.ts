import {
  CustomerConsentChanged,
  CustomerProfileUpdated,
  CustomerRegistered,
  NotificationPreferencesSet,
  RiskAssessmentCompleted,
} from '@aika/contracts';
import type { Selectable } from 'kysely';
import type { CustomersTable } from '../../tables/customer.tables.js';
import { defineFold } from '../entity-fold.js';
import { on } from '../view-event.js';

type Customer = Selectable<CustomersTable>;

/** The customer as known before: events of one may come in any order from two topics. */
const known = (customer_id: string, before: Customer | undefined) => ({
  customer_id,
  registered_at: before?.registered_at ?? null,
  channels: before?.channels ?? [],
  language: before?.language ?? null,
  consents: before?.consents ?? {},
  risk_score: before?.risk_score ?? null,
  assessed_at: before?.assessed_at ?? null,
});

/** What is known of a customer without names and contacts. */
export const customersFold = defineFold<'customers'>({
  table: 'customers',
  key: 'customer_id',
  either: [
    on(
      CustomerRegistered,
      ({ customerId, registeredAt, channels }, _event, before: Customer | undefined) => ({
        ...known(customerId, before),
        registered_at: registeredAt,
        channels: [...channels],
      }),
    ),
    on(CustomerProfileUpdated, ({ customerId }, _event, before: Customer | undefined) =>
      known(customerId, before),
    ),
    on(CustomerConsentChanged, ({ customerId, purpose, granted }, _event, before: Customer | undefined) => ({
      ...known(customerId, before),
      consents: { ...before?.consents, [purpose]: granted },
    })),
    on(
      NotificationPreferencesSet,
      ({ customerId, channels, language }, _event, before: Customer | undefined) => ({
        ...known(customerId, before),
        channels: [...channels],
        language,
      }),
    ),
    on(
      RiskAssessmentCompleted,
      ({ customerId, riskScore }, { occurredAt }, before: Customer | undefined) => ({
        ...known(customerId, before),
        risk_score: riskScore,
        assessed_at: occurredAt,
      }),
    ),
  ],
});
