import type { Policyholder } from './portfolio-plan.js';

/** What the payment provider's ledger holds for one claim. */
export interface LedgerEntry {
  /** Distinct payments. */
  readonly count: number;
  /** Their sum, minor units. */
  readonly amount: number;
  readonly currency?: string;
}

interface LedgerAnswer {
  readonly count: number;
  readonly total: Readonly<Record<string, number>>;
}

const PARALLEL = 16;

/**
 * Asks the provider what it paid to each policyholder who has a claim. By customer and not by claim, so that a
 * payment under a wrong claim id is seen too.
 * @throws Error when the provider does not answer
 */
export async function readLedger(
  paymentsUrl: string,
  policyholders: readonly Policyholder[],
): Promise<ReadonlyMap<string, LedgerEntry>> {
  const entries = new Map<string, LedgerEntry>();
  const waiting = policyholders.filter(({ claim }) => claim !== undefined).values();
  const work = async (): Promise<void> => {
    // One iterator for all workers: each takes the next one that nobody has taken.
    for (const { customerId, claim } of waiting) {
      if (claim) entries.set(claim.name, await ledgerOf(paymentsUrl, customerId));
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, work));
  return entries;
}

async function ledgerOf(paymentsUrl: string, customerId: string): Promise<LedgerEntry> {
  const url = `${paymentsUrl}/ledger?customerId=${encodeURIComponent(customerId)}`;
  const response = await fetch(url, { signal: AbortSignal.timeout(10_000) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  const { count, total } = (await response.json()) as LedgerAnswer;
  const currencies = Object.entries(total);
  const amount = currencies.reduce((sum, [, part]) => sum + part, 0);
  return { count, amount, currency: currencies.map(([currency]) => currency).join('+') || undefined };
}
