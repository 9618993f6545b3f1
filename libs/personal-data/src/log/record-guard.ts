import {
  type Catalogue,
  ErasePersonalData,
  HEADER,
  PersonalDataErased,
  SEALED_PREFIX,
  topicOf,
} from '@aika/contracts';
import { customerOf, DEAD_LETTER_HEADER, type LogRecord, type OutgoingRecord } from '@aika/messaging';
import type { CustomerKey, CustomerKeys } from '../keys/customer-keys.js';
import { ownersIn } from '../sealing/sealed-value.js';
import { ValueSealer } from '../sealing/sealer.js';
import { parseObject } from './json-object.js';
import { letterPlan } from './letter-sealing.js';
import { hasPlain, MessageSealing, sealPayload } from './message-sealing.js';
import { NOBODY, type SealPlan } from './seal-plan.js';
import { openState, type PersonalState, StateSealing } from './state-sealing.js';

export interface RecordGuardOptions extends Partial<PersonalState> {
  readonly keys: CustomerKeys;
  readonly catalogue: Catalogue;
  readonly namespace: string;
}

type Keys = ReadonlyMap<string, CustomerKey>;

interface Sealed {
  readonly records: readonly OutgoingRecord[];
  readonly keys: Keys;
}

const ERASURES: ReadonlySet<string> = new Set([ErasePersonalData.type, PersonalDataErased.type]);

/** Seals what is personal in records on their way to the log, and opens it on the way back. The others pass untouched. */
export class RecordGuard {
  private readonly messages: MessageSealing;
  private readonly state: StateSealing;
  private readonly statePrefix: string;
  private readonly letters: string;
  /** Records that are as they are to be written. */
  private readonly done = new WeakSet<OutgoingRecord>();

  constructor(private readonly options: RecordGuardOptions) {
    const { catalogue, namespace, stores = [], effects = [] } = options;
    this.messages = new MessageSealing(catalogue);
    this.state = new StateSealing({ stores, effects }, this.messages, catalogue);
    this.statePrefix = topicOf(namespace, 'state.');
    this.letters = topicOf(namespace, 'dlq');
  }

  /** @throws KeyError `KEYS_UNAVAILABLE`, `WRONG_MASTER_KEY` */
  async seal(records: readonly OutgoingRecord[]): Promise<readonly OutgoingRecord[]> {
    return (await this.sealed(records)).records;
  }

  /**
   * The same for who needs to know what will be written. Given to `seal` afterwards, these very records come back as
   * they are, without the cost of a second look.
   * @returns with the keys that were needed for it
   * @throws KeyError `KEYS_UNAVAILABLE`, `WRONG_MASTER_KEY`
   */
  async sealAhead(records: readonly OutgoingRecord[]): Promise<Sealed> {
    const sealed = await this.sealed(records);
    for (const record of sealed.records) this.done.add(record);
    return sealed;
  }

  /**
   * What is known of these customers' keys.
   * @throws KeyError `KEYS_UNAVAILABLE`, `WRONG_MASTER_KEY`
   */
  keysOf(customerIds: Iterable<string>): Promise<Keys> {
    return this.options.keys.load(customerIds, false);
  }

  private async sealed(records: readonly OutgoingRecord[]): Promise<Sealed> {
    const plans = records.map((record) => this.sealPlan(record));
    const wanted = plans.filter((plan) => plan !== undefined);
    if (wanted.length === 0) return { records, keys: new Map() };
    const keys = await this.keysFor(wanted);
    const written = records.map((record, index) => {
      const plan = plans[index];
      const value = plan?.apply(sealerFor(plan, keys));
      return value === undefined ? record : { ...record, value };
    });
    return { records: written, keys };
  }

  /** @throws KeyError `KEYS_UNAVAILABLE`, `WRONG_MASTER_KEY` */
  async open(records: readonly LogRecord[]): Promise<readonly LogRecord[]> {
    for (const record of records) this.noteErasure(record);
    const plans = records.map((record) => this.openPlan(record));
    const wanted = plans.filter((plan) => plan !== undefined);
    if (wanted.length === 0) return records;
    const keys = await this.options.keys.load(
      wanted.map(({ customerId }) => customerId),
      false,
    );
    return records.map((record, index) => {
      const plan = plans[index];
      const key = plan && keys.get(plan.customerId);
      const value = key && plan.apply(new ValueSealer(plan.customerId, key));
      return value === undefined ? record : { ...record, value: Buffer.from(value) };
    });
  }

  private sealPlan(record: OutgoingRecord): SealPlan | undefined {
    const { topic, key, value, headers } = record;
    if (value === null || value.length === 0 || this.done.has(record)) return undefined;
    if (topic.startsWith(this.statePrefix)) return this.state.plan(String(key), value.toString());
    if (topic === this.letters && headers?.[DEAD_LETTER_HEADER.id] !== undefined) {
      return letterPlan(Buffer.from(value), key?.toString(), headers, this.messages);
    }
    return this.messages.mayConcern(value, headers)
      ? this.messages.plan(value.toString(), headers)
      : undefined;
  }

  private openPlan(record: LogRecord): SealPlan | undefined {
    const { topic, value } = record;
    if (value === null) return undefined;
    const isSealed = value.includes(SEALED_PREFIX);
    if (topic.startsWith(this.statePrefix)) return isSealed ? openStatePlan(record) : undefined;
    if (!isSealed && !this.messages.mayConcern(value, record.headers)) return undefined;
    const text = value.toString();
    if (topic === this.letters && text.startsWith(SEALED_PREFIX)) return openWholePlan(record, text);
    return this.openMessagePlan(record, text, isSealed);
  }

  /** What passes here before the next message of the customer does: their key in memory counts no more. */
  private noteErasure({ headers, value }: LogRecord): void {
    const type = headers[HEADER.type];
    if (type === undefined || value === null || !ERASURES.has(type.toString())) return;
    const customerId = this.messages.read(value.toString(), headers)?.customerId;
    if (customerId !== undefined) this.options.keys.forget(customerId);
  }

  private openMessagePlan(
    { key, headers }: LogRecord,
    text: string,
    isSealed: boolean,
  ): SealPlan | undefined {
    const message = this.messages.read(text, headers);
    const json = message?.json ?? parseObject(text);
    if (!json) return undefined;
    // Whose it is says the message itself: a sealed text that was copied into another customer's stays closed.
    const customerId = message?.customerId ?? key?.toString() ?? NOBODY;
    return {
      customerId,
      apply: (sealer) => {
        if (!sealer.isErased || !message?.contract || !hasPlain(message.contract, message.payload)) {
          return isSealed ? JSON.stringify(sealer.openAll(json)) : undefined;
        }
        // Somebody erased is written to from outside: it ends here.
        const payload = sealPayload(message.contract, message.payload, sealer);
        return JSON.stringify(sealer.openAll({ ...json, payload }));
      },
    };
  }

  /** Keys of all, made where there is none yet; of those whose owner is a guess only what is there. */
  private async keysFor(plans: readonly SealPlan[]): Promise<Keys> {
    const { keys } = this.options;
    const ids = (isGuess: boolean) =>
      plans.filter((plan) => (plan.isGuess ?? false) === isGuess).map(({ customerId }) => customerId);
    const guesses = ids(true);
    const known = guesses.length === 0 ? new Map<string, CustomerKey>() : await keys.load(guesses, false);
    const isStrange = guesses.some((id) => !known.has(id));
    const own = await keys.load([...ids(false), ...(isStrange ? [NOBODY] : [])], true);
    return new Map([...known, ...own]);
  }
}

function sealerFor({ customerId, isGuess }: SealPlan, keys: Keys): ValueSealer {
  const owner = isGuess && !keys.has(customerId) ? NOBODY : customerId;
  const key = keys.get(owner);
  if (!key) throw new Error('A key that was asked for is missing.');
  return new ValueSealer(owner, key);
}

function openStatePlan({ key, value }: LogRecord): SealPlan {
  const entry = key?.toString() ?? '';
  return {
    customerId: customerOf(entry),
    apply: (sealer) => openState(entry, value?.toString() ?? '', sealer),
  };
}

function openWholePlan({ key }: LogRecord, text: string): SealPlan | undefined {
  const [owner] = ownersIn(text);
  if (owner === undefined || (owner !== NOBODY && owner !== key?.toString())) return undefined;
  return { customerId: owner, apply: (sealer) => sealer.openBytes(text) };
}
