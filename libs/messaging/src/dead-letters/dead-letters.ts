import { type Catalogue, topicOf } from '@aika/contracts';
import type { MessageLog } from '../ports/index.js';
import { MessageOutbox } from '../runtime/message-outbox.js';
import { DEFAULT_DELIVERY } from '../runtime/runtime-options.js';
import type { DeadLetter, LetterSummary } from './letter.js';
import type { LetterOrder } from './letter-decision.js';
import { type LetterFilter, matchesOrigin, matchesStatus } from './letter-filter.js';
import { LetterOffice } from './letter-office.js';
import type { LetterOutcome, LetterProgress } from './letter-outcome.js';
import { type ScanOptions, readLetters, scanLetters } from './letter-scan.js';
import { LetterSelection } from './letter-selection.js';

export interface DeadLettersOptions {
  readonly log: MessageLog;
  readonly namespace: string;
  readonly catalogue: Catalogue;
  /** Stands as the sender of audit lines. */
  readonly sourceAgentId: string;
  /** Longest body that may be sent, bytes. Default 786,432, as agents read. */
  readonly maxRecordBytes?: number;
  /** Milliseconds since 1970 UTC. */
  readonly clock?: () => number;
}

export interface LetterPage {
  /** Newest first. */
  readonly letters: readonly LetterSummary[];
  /** How many match without the limit. */
  readonly matching: number;
}

/** A letter and what it came back as when it was redriven and failed again. */
export interface FoundLetter {
  readonly letter: DeadLetter;
  readonly returnedAs: readonly string[];
}

/** Who does something to letters, and how. */
export interface ActOptions {
  /** Goes into the audit trail, at most 100 characters. */
  readonly by: string;
  /** Goes into the audit trail, at most 500 characters; no personal data. */
  readonly reason?: string | undefined;
  /** Tell what would be done, and do nothing. */
  readonly dryRun?: boolean | undefined;
  /** RFC 3339: all the letters were given up at or after it, so what is older is not read. Default: all is read. */
  readonly since?: string | undefined;
  readonly onProgress?: ((progress: LetterProgress) => void) | undefined;
}

export interface SendBackOptions extends ActOptions {
  /** Send what breaks its contract too. */
  readonly force?: boolean | undefined;
}

/**
 * The dead letters of a namespace: to look at, send back, edit and drop. A letter is sent back once, however
 * often and by however many people it is asked for: message, resolution and audit line are one transaction.
 *
 * Ids may be given by their first characters (8 or more). All methods reject with `LogError` when the log
 * does not answer.
 */
export class DeadLetters {
  private readonly scan: ScanOptions;

  constructor(private readonly options: DeadLettersOptions) {
    const { log, catalogue, namespace } = options;
    this.scan = { log, catalogue, topic: topicOf(namespace, 'dlq') };
  }

  /** Reads the whole topic, or with `since` what stands there from then on. */
  async list(filter: LetterFilter = {}): Promise<LetterPage> {
    const { namespace } = this.options;
    const scan = { ...this.scan, since: filter.since };
    const { letters } = await scanLetters(scan, (letter) => matchesOrigin(letter, filter, namespace));
    const matching = [...letters.values()]
      .filter((letter) => matchesStatus(letter, filter))
      .sort((a, b) => Date.parse(b.at) - Date.parse(a.at) || b.position.offset - a.position.offset);
    return { letters: matching.slice(0, filter.limit), matching: matching.length };
  }

  /** One letter with body and causes; undefined when there is none, or several begin with `id`. */
  async get(id: string): Promise<FoundLetter | undefined> {
    const selection = new LetterSelection([id]);
    const { letters, returns } = await scanLetters(this.scan, (letter) => selection.wants(letter.id));
    const selected = selection.select(id, letters);
    const summary = selected.kind === 'one' ? letters.get(selected.id) : undefined;
    const [letter] = summary ? await readLetters(this.scan, [summary]) : [];
    return letter && { letter, returnedAs: returns.get(letter.id) ?? [] };
  }

  /** Sends letters back as they are, each under a new id that derives from the letter's. */
  redrive(ids: readonly string[], options: SendBackOptions): Promise<readonly LetterOutcome[]> {
    return this.act(ids, { ...options, action: 'redrive' });
  }

  /** Sends a letter back with a new body, a whole message as JSON; refused when it breaks its contract. */
  async edit(id: string, body: string | Buffer, options: SendBackOptions): Promise<LetterOutcome> {
    const [outcome] = await this.act([id], { ...options, action: 'edit', body: Buffer.from(body) });
    return outcome ?? { kind: 'not-found', id };
  }

  /** Marks letters as done with. They are kept as long as the topic keeps them, and are never sent. */
  drop(
    ids: readonly string[],
    options: ActOptions & { readonly reason: string },
  ): Promise<readonly LetterOutcome[]> {
    return this.act(ids, { ...options, action: 'drop' });
  }

  private async act(
    ids: readonly string[],
    {
      dryRun,
      since,
      onProgress,
      force = false,
      ...what
    }: SendBackOptions & Pick<LetterOrder, 'action' | 'body'>,
  ): Promise<readonly LetterOutcome[]> {
    const { clock = Date.now, maxRecordBytes = DEFAULT_DELIVERY.maxRecordBytes } = this.options;
    const order = { ...what, force, at: new Date(clock()).toISOString() };
    const outbox = await this.outbox(maxRecordBytes);
    const options = { ...this.options, ...this.scan, since, maxRecordBytes, outbox, onProgress };
    const office = new LetterOffice(ids, order, options);
    return dryRun ? office.rehearse() : office.carryOut();
  }

  private async outbox(maxRecordBytes: number): Promise<MessageOutbox> {
    const { catalogue, log, namespace, sourceAgentId } = this.options;
    const partitions = await log.partitionCount(topicOf(namespace, 'audit'));
    return new MessageOutbox({
      ...{ catalogue, sourceAgentId, namespace, maxRecordBytes },
      partitionCount: () => partitions,
    });
  }
}
