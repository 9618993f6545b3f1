import { LogError, type OutgoingRecord, type TransactionalWriter } from '../ports/index.js';
import { pause } from '../timing.js';
import type { LetterSummary } from './letter.js';
import { type DecisionOptions, type LetterOrder, decide } from './letter-decision.js';
import type { LetterOutcome, LetterProgress } from './letter-outcome.js';
import { type ScanOptions, type ScanResult, readLetters, scanLetters } from './letter-scan.js';
import { LetterSelection } from './letter-selection.js';

/** Letters of one transaction at most; fewer where their bodies are large. */
export const LETTERS_PER_TRANSACTION = 100;
const BYTES_PER_TRANSACTION = 8_000_000;
const TRANSACTION_TIMEOUT_MS = 30_000;
/** How often somebody else may take the office, or the log fail, before it is told instead of tried again. */
const ATTEMPTS = 6;
const PAUSE_MS = 100;

export interface OfficeOptions extends DecisionOptions, ScanOptions {
  /** Told after every transaction. */
  readonly onProgress?: ((progress: LetterProgress) => void) | undefined;
}

/**
 * Carries out one order on some letters. There is one office per namespace: its writer has a fixed
 * transactional id, so that whoever opens it shuts out everybody before. Only then are the letters read, so
 * what is decided holds until the transaction ends: no letter is resolved twice, by however many people.
 */
export class LetterOffice {
  private readonly selection: LetterSelection;
  private readonly outcomes = new Map<string, LetterOutcome>();
  /** Sent in a transaction whose end is not known yet. */
  private unsure: readonly LetterOutcome[] = [];

  constructor(
    ids: readonly string[],
    private readonly order: LetterOrder,
    private readonly options: OfficeOptions,
  ) {
    this.selection = new LetterSelection([...new Set(ids)]);
  }

  /** What would come of it; nothing is written and nobody is shut out. */
  async rehearse(): Promise<readonly LetterOutcome[]> {
    await this.work(undefined);
    return this.result();
  }

  /** @throws LogError when the log fails for good; what was committed before stays, and a repeat goes on from there */
  async carryOut(): Promise<readonly LetterOutcome[]> {
    for (let attempt = 1; ; attempt++) {
      let writer: TransactionalWriter | undefined;
      try {
        writer = await this.open();
        await this.work(writer);
        return this.result();
      } catch (error) {
        if (!isWorthAnother(error) || attempt === ATTEMPTS) throw error;
        // Two who shut out each other in turn must not keep the same rhythm.
        await pause(PAUSE_MS * attempt * (0.5 + Math.random()));
      } finally {
        await writer?.close();
      }
    }
  }

  private open(): Promise<TransactionalWriter> {
    return this.options.log.createTransactionalWriter({
      transactionalId: `${this.options.topic}-office`,
      transactionTimeoutMs: TRANSACTION_TIMEOUT_MS,
    });
  }

  private async work(writer: TransactionalWriter | undefined): Promise<void> {
    const scan = await scanLetters(this.options, ({ id }) => this.selection.wants(id));
    const open = this.settle(scan);
    for (const chunk of chunksOf(open)) {
      await this.workOn(chunk, writer);
      this.options.onProgress?.({ done: this.outcomes.size, total: this.selection.asked.length });
    }
  }

  /** Finds what needs no transaction. @returns the letters that are open */
  private settle({ letters }: ScanResult): readonly LetterSummary[] {
    const open = new Map<string, LetterSummary>();
    for (const asked of this.selection.asked) {
      const selected = this.selection.select(asked, letters);
      const letter = selected.kind === 'one' ? letters.get(selected.id) : undefined;
      if (selected.kind === 'several') {
        const detail = `${selected.count} letters begin with ${asked}.`;
        this.outcomes.set(asked, {
          kind: 'refused',
          id: asked,
          code: 'AMBIGUOUS_ID',
          detail,
          violations: [],
        });
      } else if (!letter) this.outcomes.set(asked, { kind: 'not-found', id: asked });
      else if (this.outcomes.has(letter.id)) continue;
      else if (letter.resolution) this.outcomes.set(letter.id, this.outcomeOfResolved(letter));
      else open.set(letter.id, letter);
    }
    this.unsure = [];
    const order = [...letters.keys()];
    const rank = new Map(order.map((id, index) => [id, index]));
    return [...open.values()].sort((a, b) => (rank.get(a.id) ?? 0) - (rank.get(b.id) ?? 0));
  }

  /** A commit without an answer may have been ours: then the letter was resolved now, not before. */
  private outcomeOfResolved({ id, resolution }: LetterSummary): LetterOutcome {
    const mine = this.unsure.find((outcome) => outcome.id === id);
    const { by, at } = this.order;
    if (mine && resolution?.by === by && resolution.at === at) return mine;
    return { kind: 'already', id, resolution: resolution! };
  }

  private async workOn(
    chunk: readonly LetterSummary[],
    writer: TransactionalWriter | undefined,
  ): Promise<void> {
    const letters = await readLetters(this.options, chunk);
    const decisions = await Promise.all(letters.map((letter) => decide(letter, this.order, this.options)));
    const outcomes = decisions.map(({ outcome }) => outcome);
    const records = decisions.flatMap((decision) => decision.records);
    if (writer && records.length > 0) {
      this.unsure = outcomes;
      await transact(writer, records);
      this.unsure = [];
    }
    for (const outcome of outcomes) this.outcomes.set(outcome.id, outcome);
    for (const { id } of chunk) {
      if (!this.outcomes.has(id)) this.outcomes.set(id, { kind: 'not-found', id });
    }
  }

  private result(): readonly LetterOutcome[] {
    return [...this.outcomes.values()];
  }
}

async function transact(writer: TransactionalWriter, records: readonly OutgoingRecord[]): Promise<void> {
  const transaction = await writer.begin();
  try {
    await transaction.send(records);
  } catch (error) {
    await transaction.abort();
    throw error;
  }
  await transaction.commit();
}

function chunksOf(letters: readonly LetterSummary[]): readonly (readonly LetterSummary[])[] {
  const chunks: LetterSummary[][] = [];
  let bytes = 0;
  for (const letter of letters) {
    const chunk = chunks.at(-1);
    if (!chunk || chunk.length === LETTERS_PER_TRANSACTION || bytes + letter.bytes > BYTES_PER_TRANSACTION) {
      chunks.push([letter]);
      bytes = letter.bytes;
    } else {
      chunk.push(letter);
      bytes += letter.bytes;
    }
  }
  return chunks;
}

function isWorthAnother(error: unknown): boolean {
  return error instanceof LogError && (error.retriable || error.code === 'FENCED');
}
