import { SEALED_PREFIX } from '@aika/contracts';
import {
  customerOf,
  type MessageLog,
  type OutgoingRecord,
  type StateGuard,
  type StateSession,
} from '@aika/messaging';
import type { CustomerKey } from '../keys/customer-keys.js';
import { ValueSealer } from '../sealing/sealer.js';
import { asLogError } from './as-log-error.js';
import type { RecordGuard } from './record-guard.js';
import { openState } from './state-sealing.js';

/** State as a guarded log keeps it: sealed under the customers' keys. */
export class LogStateGuard implements StateGuard {
  /** @param log the one that is guarded, as it is */
  constructor(
    private readonly log: MessageLog,
    private readonly guard: RecordGuard,
  ) {}

  read(...[at, range]: Parameters<MessageLog['read']>): ReturnType<MessageLog['read']> {
    return this.log.read(at, range);
  }

  session(): StateSession {
    return new SealedState(this.guard);
  }
}

type Keys = ReadonlyMap<string, CustomerKey>;

class SealedState implements StateSession {
  private asked: ReadonlySet<string> = new Set();
  private known: Keys = new Map();
  /** Since `prepare`: a customer's first key is made when it is first sealed with, while the next batch is handled. */
  private used = new Map<string, CustomerKey>();

  constructor(private readonly guard: RecordGuard) {}

  async prepare(customerIds: Iterable<string>): Promise<void> {
    const asked = new Set(customerIds);
    // What was sealed with before this is found; what is from now on may not be.
    this.used = new Map();
    this.known = await this.guard.keysOf(asked).catch(asLogError);
    this.asked = asked;
  }

  open(key: string, text: string): string {
    if (!text.includes(SEALED_PREFIX)) return text;
    const customerId = customerOf(key);
    const customerKey = this.known.get(customerId) ?? this.used.get(customerId);
    if (customerKey) return openState(key, text, new ValueSealer(customerId, customerKey));
    if (this.asked.has(customerId)) return text;
    // Sealed text that passed for a value would be acted on.
    throw new Error('An entry of state was read whose customer nobody had asked the key of.');
  }

  async seal(records: readonly OutgoingRecord[]): Promise<readonly OutgoingRecord[]> {
    const { records: sealed, keys } = await this.guard.sealAhead(records).catch(asLogError);
    for (const [customerId, key] of keys) this.used.set(customerId, key);
    return sealed;
  }
}
