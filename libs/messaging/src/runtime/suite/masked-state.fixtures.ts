import type { MessageLog, OutgoingRecord, StateGuard, StateSession } from '../../ports/index.js';
import { isParkedKey } from '../parked-key.js';
import { customerOf, kindOf } from '../state-key.js';

/** What takes the place of keys: which customers have something masked. Shared by the processes of a test. */
export type MaskKeys = Set<string>;

/**
 * A guard that masks entries under a key of their customer, which is made when something of theirs is first masked. Who
 * reads an entry without having asked for its key gets an error, and whose key was not there then gets the mask.
 */
export class MaskingGuard implements StateGuard {
  constructor(
    private readonly log: MessageLog,
    private readonly keys: MaskKeys = new Set(),
  ) {}

  read(...[at, range]: Parameters<MessageLog['read']>): ReturnType<MessageLog['read']> {
    return this.log.read(at, range);
  }

  session(): MaskingSession {
    return new MaskingSession(this.keys);
  }
}

export class MaskingSession implements StateSession {
  private asked: ReadonlySet<string> = new Set();
  private known: ReadonlySet<string> = new Set();
  private used: ReadonlySet<string> = new Set();

  constructor(private readonly keys: MaskKeys) {}

  async prepare(customerIds: Iterable<string>): Promise<void> {
    const asked = new Set(customerIds);
    await Promise.resolve();
    this.known = new Set([...asked].filter((id) => this.keys.has(id)));
    this.asked = asked;
  }

  open(key: string, text: string): string {
    if (!isMasked(text)) return text;
    const customerId = customerOf(key);
    if (this.known.has(customerId) || this.used.has(customerId)) return unmask(text);
    if (this.asked.has(customerId)) return text;
    throw new Error(`${key} was read, and nobody had asked for the key.`);
  }

  async seal(records: readonly OutgoingRecord[]): Promise<readonly OutgoingRecord[]> {
    await Promise.resolve();
    const masked = records.map((record) => this.maskedRecord(record));
    this.used = new Set(masked.filter((record, n) => record !== records[n]).map(({ key }) => ownerOf(key)));
    for (const id of this.used) this.keys.add(id);
    return masked;
  }

  private maskedRecord(record: OutgoingRecord): OutgoingRecord {
    if (record.value === null) return record;
    const value = mask(String(record.key), record.value.toString());
    return value === record.value ? record : { ...record, value };
  }
}

const MASK = '{"masked":';

export function isMasked(text: string): boolean {
  return text.startsWith(MASK);
}

/** The entry as a guarded log keeps it; what the runtime writes of itself stays as it is. */
export function mask(key: string, text: string): string {
  const kind = kindOf(key);
  if (kind === undefined || kind === 'seen' || isParkedKey(key)) return text;
  const { dueAt } = kind === 'timer' ? (JSON.parse(text) as { readonly dueAt: number }) : {};
  return JSON.stringify({ masked: Buffer.from(text).toString('base64'), dueAt });
}

export function unmask(text: string): string {
  return Buffer.from((JSON.parse(text) as { readonly masked: string }).masked, 'base64').toString();
}

function ownerOf(key: OutgoingRecord['key']): string {
  return customerOf(String(key));
}
