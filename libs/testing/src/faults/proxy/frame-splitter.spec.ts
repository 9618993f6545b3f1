import { describe, expect, it } from '@jest/globals';
import { FrameSplitter } from './frame-splitter.js';

function frame(text: string): Buffer {
  const size = Buffer.alloc(4);
  size.writeInt32BE(Buffer.byteLength(text));
  return Buffer.concat([size, Buffer.from(text)]);
}

const texts = ['first', 'the second one', 'third'];
const stream = Buffer.concat(texts.map(frame));

describe('a frame splitter', () => {
  it.each([1, 2, 3, 4, 5, 7, 11, stream.length])('finds the frames in chunks of %d bytes', (size) => {
    const splitter = new FrameSplitter();
    const found: string[] = [];
    for (let at = 0; at < stream.length; at += size) {
      for (const one of splitter.push(stream.subarray(at, at + size))) found.push(one.subarray(4).toString());
    }
    expect(found).toEqual(texts);
    expect(splitter.pending).toBe(0);
  });

  it('keeps the size field, so that a frame can be passed on as it is', () => {
    expect(Buffer.concat([...new FrameSplitter().push(stream)])).toEqual(stream);
  });

  it('says how much of a frame has arrived', () => {
    const splitter = new FrameSplitter();
    expect(splitter.push(stream.subarray(0, 6))).toEqual([]);
    expect(splitter.pending).toBe(6);
  });

  it('refuses what is not the protocol', () => {
    expect(() => new FrameSplitter().push(Buffer.from('GET / HTTP/1.1'))).toThrow(RangeError);
    expect(() => new FrameSplitter().push(Buffer.from([0xff, 0xff, 0xff, 0xff]))).toThrow(RangeError);
  });
});
