import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { erasedMark, formatSealed, isErasedMark, ownersIn, parseSealed } from './sealed-value.js';
import { KEY_BYTES, ValueCipher } from './value-cipher.js';

const key = randomBytes(KEY_BYTES);
const cipher = new ValueCipher('cust-1', key);
const parsed = (text: string) => {
  const value = parseSealed(text);
  if (!value) throw new Error('not a sealed value');
  return value;
};

describe('a sealed value', () => {
  it('opens under its key, whatever is in it', () => {
    for (const plain of ['', 'Ada', '🦔 ä\u0000', 'x'.repeat(10_000)]) {
      expect(cipher.open(parsed(cipher.seal(plain, 'text')))?.toString()).toBe(plain);
    }
    const bytes = randomBytes(300);
    expect(cipher.open(parsed(cipher.seal(bytes, 'bytes')))).toEqual(bytes);
  });

  it('is the same text for the same value in every process, and another for another value or customer', () => {
    const again = new ValueCipher('cust-1', Buffer.from(key));
    expect(again.seal('Ada', 'text')).toBe(cipher.seal('Ada', 'text'));
    expect(cipher.seal('Adb', 'text')).not.toBe(cipher.seal('Ada', 'text'));
    const other = new ValueCipher('cust-2', key);
    expect(parsed(other.seal('Ada', 'text')).box).not.toEqual(parsed(cipher.seal('Ada', 'text')).box);
  });

  it('never uses a nonce for two values', () => {
    const nonces = Array.from({ length: 5_000 }, (_, index) =>
      parsed(cipher.seal(`value ${index}`, 'text'))
        .box.subarray(0, 12)
        .toString('hex'),
    );
    expect(new Set(nonces).size).toBe(nonces.length);
  });

  it('does not open under another key, for another customer, or with a changed bit', () => {
    const value = parsed(cipher.seal('Ada', 'text'));
    expect(new ValueCipher('cust-1', randomBytes(KEY_BYTES)).open(value)).toBeUndefined();
    expect(new ValueCipher('cust-2', key).open({ ...value, customerId: 'cust-2' })).toBeUndefined();
    for (let bit = 0; bit < value.box.length * 8; bit++) {
      const box = Buffer.from(value.box);
      box[bit >> 3] = (box[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(cipher.open({ ...value, box })).toBeUndefined();
    }
    expect(cipher.open({ ...value, box: value.box.subarray(0, 20) })).toBeUndefined();
  });

  it('names whose it is, any id, and is told from a text that only begins like one', () => {
    const odd = new ValueCipher('kunde/ä 1', key);
    const text = odd.seal('Ada', 'other');
    expect(parsed(text)).toMatchObject({ customerId: 'kunde/ä 1', kind: 'other' });
    expect(formatSealed(parsed(text))).toBe(text);
    expect([...ownersIn(`{"a":"${text}","b":"${cipher.seal('x', 'text')}"}`)]).toEqual([
      'kunde/ä 1',
      'cust-1',
    ]);
    for (const wrong of [
      'aika-sealed.1.',
      'aika-sealed.1.t.abc',
      'aika-sealed.1.x.YQ.YQ',
      'aika-sealed.1.t.Y Q.YQ',
    ]) {
      expect(parseSealed(wrong)).toBeUndefined();
    }
  });

  it('reads as a mark once it is erased: equal values as equal ones', () => {
    const mark = (plain: string) => erasedMark(parsed(cipher.seal(plain, 'text')));
    expect(mark('Ada')).toBe(mark('Ada'));
    expect(mark('Ada')).not.toBe(mark('Ida'));
    expect([mark('Ada'), '[erased]', '[erased:]', 'Ada'].map(isErasedMark)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it('needs a key of the right length', () => {
    expect(() => new ValueCipher('cust-1', randomBytes(16))).toThrow(RangeError);
  });
});
