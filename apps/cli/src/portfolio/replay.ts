import type { Catalogue } from '@aika/contracts';
import type { MessageLog, MessageSender } from '@aika/messaging';
import { compare, type Mismatch } from './comparison.js';
import { expectedPortfolio } from './expected/expected-portfolio.js';
import type { PortfolioFigures } from './figures.js';
import type { Journey } from './journey.js';
import { MessageCounter } from './message-count.js';
import { readLedger } from './payments-ledger.js';
import { type DriverOutcome, PortfolioDriver, type Progress } from './portfolio-driver.js';
import { readPortfolioFiles } from './portfolio-files.js';
import { planPortfolio, type TableCell } from './portfolio-plan.js';
import { parsePortfolio } from './portfolio-tables.js';
import { PortfolioTally } from './portfolio-tally.js';

export interface ReplayOptions {
  readonly log: MessageLog;
  readonly sender: Pick<MessageSender, 'sendAll'>;
  readonly namespace: string;
  readonly catalogue: Catalogue;
  /** Where the agents' payment provider answers. */
  readonly paymentsUrl: string;
  /** Part of the tables, above 0 to 1. */
  readonly share: number;
  readonly inFlight: number;
  readonly signal: AbortSignal;
  readonly stallMs?: number;
  /** Tells this replay from others on the same cluster. Default: from the time. */
  readonly runId?: string;
  readonly onPlan?: (policyholders: number, claims: number) => void;
  readonly onProgress?: (progress: Progress) => void;
}

/** What a replay showed. */
export interface ReplayResult {
  readonly share: number;
  readonly table: readonly TableCell[];
  readonly agents: PortfolioFigures;
  readonly sql: PortfolioFigures;
  readonly mismatches: readonly Mismatch[];
  /** What happened twice, was refused or given up; each counts as a mismatch. */
  readonly irregularities: readonly string[];
  readonly unfinished: readonly Journey[];
  readonly stopped?: DriverOutcome['stopped'];
  readonly messages: number;
  readonly ms: number;
}

const STALL_MS = 60_000;

/** Replays the portfolio through whatever agents run, then compares what they did with tables, SQL and ledger. */
export async function replayPortfolio(options: ReplayOptions): Promise<ReplayResult> {
  const { log, namespace, catalogue, share, runId = Date.now().toString(36) } = options;
  const files = readPortfolioFiles();
  // First, because a mistake in the data should show before anything is sent.
  const sql = expectedPortfolio(files, share);
  const plan = planPortfolio(parsePortfolio(files), { share, runId, now: Date.now() });
  options.onPlan?.(plan.policyholders.length, sql.claims.size);
  const tally = new PortfolioTally(new Map(plan.policyholders.map((holder) => [holder.customerId, holder])));
  const counter = await MessageCounter.mark(log, { namespace, catalogue, prefix: plan.prefix });
  const driver = new PortfolioDriver({ ...options, plan, tally, stallMs: options.stallMs ?? STALL_MS });
  const { ms, stopped, unfinished } = await driver.run();
  const ledger = await readLedger(options.paymentsUrl, plan.policyholders);
  const { messages, deadLetters } = await counter.count();
  const mismatches = compare({ table: plan.cells, agents: tally, sql, ledger });
  const irregularities = [...tally.irregularities, ...deadLetters];
  return {
    ...{ share, table: plan.cells, agents: tally, sql, mismatches, irregularities },
    ...{ unfinished, stopped, messages, ms },
  };
}
