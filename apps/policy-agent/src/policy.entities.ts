import { policyDecider, quoteDecider } from '@aika/domain';
import { defineEntity } from '@aika/workflow';

/** A quote, by quote id: from an assessment to its acceptance. */
export const quote = defineEntity({ name: 'quote', decider: quoteDecider });

/** A policy with all its versions, by policy id. */
export const policy = defineEntity({ name: 'policy', decider: policyDecider });
