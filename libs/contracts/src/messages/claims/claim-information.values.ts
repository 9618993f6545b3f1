/** Who can be asked about a claim: its customer, or the assessor who looks at the damage. */
export const INFORMANTS = ['CUSTOMER', 'ASSESSOR'] as const;
export type Informant = (typeof INFORMANTS)[number];
