import type { Catalogue, Envelope } from '@aika/contracts';
import type { CustomerKey, CustomerKeys } from './keys/customer-keys.js';
import { MessageSealing } from './log/message-sealing.js';
import { ValueSealer } from './sealing/sealer.js';

/** Messages that are kept outside of the log, sealed as they are on it. */
export class SealedMessages {
  private readonly messages: MessageSealing;

  /** @param keys undefined where personal data is not sealed: then messages stay as they are */
  constructor(
    private readonly keys: CustomerKeys | undefined,
    catalogue: Catalogue,
  ) {
    this.messages = new MessageSealing(catalogue);
  }

  /** With what its contract marks, or does not know, sealed. @throws KeyError */
  async seal(message: Envelope<object>): Promise<Envelope<object>> {
    const plan = this.keys && this.messages.plan(JSON.stringify(message), undefined);
    const key = plan && (await this.keyOf(plan.customerId, true));
    const text = key && plan.apply(new ValueSealer(plan.customerId, key));
    return text === undefined ? message : (JSON.parse(text.toString()) as Envelope<object>);
  }

  /** As it was; of somebody erased with marks. @throws KeyError */
  async open(message: Envelope<object>): Promise<Envelope<object>> {
    if (!this.keys) return message;
    const customerId = this.messages.read(JSON.stringify(message), undefined)?.customerId;
    const key = customerId === undefined ? undefined : await this.keyOf(customerId, false);
    if (!key) return message;
    return new ValueSealer(String(customerId), key).openAll(message) as Envelope<object>;
  }

  private async keyOf(customerId: string, make: boolean): Promise<CustomerKey | undefined> {
    return (await this.keys?.load([customerId], make))?.get(customerId);
  }
}
