import { customerDecider } from '@aika/domain';
import { defineEntity } from '@aika/workflow';

/** The customer, by customer id. */
export const customer = defineEntity({ name: 'customer', decider: customerDecider });
