import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';
import { formatSealed, type SealedKind, type SealedValue } from './sealed-value.js';

export const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const ALGORITHM = 'aes-256-gcm';

/**
 * Seals values under one customer's key: AES-256-GCM with a nonce that is made from the value, so that the same value
 * gives the same sealed text in every process and every run. See ADR 028 for why that is safe, and what it gives away.
 */
export class ValueCipher {
  private readonly encryption: Buffer;
  private readonly nonces: Buffer;
  private readonly owner: Buffer;

  /** @param key `KEY_BYTES` random bytes, used for this customer and nothing else */
  constructor(
    readonly customerId: string,
    key: Buffer,
  ) {
    if (key.length !== KEY_BYTES) throw new RangeError(`A customer's key has ${KEY_BYTES} bytes.`);
    this.encryption = derived(key, 'aika personal data: encryption');
    this.nonces = derived(key, 'aika personal data: nonces');
    this.owner = Buffer.from(customerId);
  }

  seal(plain: string | Buffer, kind: SealedKind): string {
    const bytes = typeof plain === 'string' ? Buffer.from(plain) : plain;
    const nonce = createHmac('sha256', this.nonces).update(bytes).digest().subarray(0, NONCE_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.encryption, nonce).setAAD(this.owner);
    const ciphertext = Buffer.concat([cipher.update(bytes), cipher.final()]);
    const box = Buffer.concat([nonce, cipher.getAuthTag(), ciphertext]);
    return formatSealed({ kind, customerId: this.customerId, box });
  }

  /** Undefined when it was not sealed under this key, or was changed since. */
  open({ customerId, box }: SealedValue): Buffer | undefined {
    if (customerId !== this.customerId || box.length < NONCE_BYTES + TAG_BYTES) return undefined;
    const decipher = createDecipheriv(ALGORITHM, this.encryption, box.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(this.owner).setAuthTag(box.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    const plain = decipher.update(box.subarray(NONCE_BYTES + TAG_BYTES));
    try {
      return Buffer.concat([plain, decipher.final()]);
    } catch {
      // Node tells a wrong tag by an error without a code; there is nothing else that `final` can fail of here.
      return undefined;
    }
  }
}

function derived(key: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), purpose, KEY_BYTES));
}
