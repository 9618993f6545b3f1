import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { KeyError } from './key-error.js';
import type { MasterKeys } from './master-keys.port.js';

export const MASTER_KEY_BYTES = 32;
const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const ID_DIGITS = 8;

/** Master keys that this process holds itself: the newest wraps, all unwrap, so that one can be replaced by the next. */
export class LocalMasterKeys implements MasterKeys {
  private readonly byId: ReadonlyMap<string, Buffer>;
  private readonly newest: string;

  /**
   * @param keys 32 bytes each, in base64, newest first
   * @throws KeyError `INVALID_MASTER_KEY`
   */
  constructor(keys: readonly string[]) {
    const secrets = keys.map(secretOf);
    this.byId = new Map(secrets.map((secret) => [idOf(secret), secret]));
    const [newest] = secrets;
    if (newest === undefined) throw new KeyError('INVALID_MASTER_KEY', 'There is no master key.');
    this.newest = idOf(newest);
  }

  wrap(key: Buffer, customerId: string): Promise<string> {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.secret(this.newest), nonce).setAAD(Buffer.from(customerId));
    const box = Buffer.concat([nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()]);
    return Promise.resolve(`${this.newest}.${box.toString('base64url')}`);
  }

  async unwrap(wrapped: string, customerId: string): Promise<Buffer> {
    const [id = '', text = ''] = wrapped.split('.');
    const secret = this.secret(id);
    const box = Buffer.from(text, 'base64url');
    const tag = box.subarray(-TAG_BYTES);
    try {
      const decipher = createDecipheriv(ALGORITHM, secret, box.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(Buffer.from(customerId)).setAuthTag(tag);
      return Buffer.concat([decipher.update(box.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
    } catch (cause) {
      throw new KeyError('WRONG_MASTER_KEY', "A customer's key was changed, or is another customer's.", {
        cause,
      });
    }
  }

  isNewest(wrapped: string): boolean {
    return wrapped.startsWith(`${this.newest}.`);
  }

  private secret(id: string): Buffer {
    const secret = this.byId.get(id);
    if (secret) return secret;
    throw new KeyError(
      'WRONG_MASTER_KEY',
      `A customer's key is wrapped under master key ${id}, which is not here.`,
    );
  }
}

function secretOf(text: string): Buffer {
  const secret = Buffer.from(text, 'base64');
  if (secret.length === MASTER_KEY_BYTES) return secret;
  throw new KeyError('INVALID_MASTER_KEY', `A master key is ${MASTER_KEY_BYTES} bytes in base64.`);
}

/** Tells master keys apart and says nothing about them. */
function idOf(secret: Buffer): string {
  return createHmac('sha256', secret).update('aika master key').digest('hex').slice(0, ID_DIGITS);
}
