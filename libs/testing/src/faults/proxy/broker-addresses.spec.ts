import { describe, expect, it } from '@jest/globals';
import { findAddresses, replaceAddresses } from './broker-addresses.js';

const int16 = (value: number) => Buffer.from([(value >> 8) & 0xff, value & 0xff]);
const int32 = (value: number) => Buffer.concat([int16(value >> 16), int16(value)]);
const text = (value: string) => Buffer.concat([int16(value.length), Buffer.from(value)]);
const compact = (value: string) => Buffer.concat([Buffer.from([value.length + 1]), Buffer.from(value)]);
const NULL_TEXT = int16(-1);
const NULL_COMPACT = Buffer.from([0]);
const TAGS = Buffer.from([0]);
const REST = Buffer.from('what follows stays as it is');

function frame(...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat([int32(77), ...parts]);
  return Buffer.concat([int32(body.length), body]);
}

const metadata0 = (host: string, port: number) => frame(int32(1), int32(5), text(host), int32(port), REST);
const metadata4 = (host: string, port: number) =>
  frame(
    int32(0),
    int32(2),
    ...[int32(5), text(host), int32(port), NULL_TEXT],
    ...[int32(6), text(host), int32(port + 1), text('rack-a')],
    REST,
  );
const metadata12 = (host: string, port: number) =>
  frame(
    TAGS,
    int32(0),
    Buffer.from([3]),
    ...[int32(5), compact(host), int32(port), NULL_COMPACT, TAGS],
    ...[int32(6), compact(host), int32(port + 1), compact('rack-a'), TAGS],
    REST,
  );
const coordinator0 = (host: string, port: number) => frame(int16(0), int32(5), text(host), int32(port));
const coordinator2 = (host: string, port: number) =>
  frame(int32(0), int16(0), NULL_TEXT, int32(5), text(host), int32(port));
const coordinator3 = (host: string, port: number) =>
  frame(TAGS, int32(0), int16(0), NULL_COMPACT, int32(5), compact(host), int32(port), TAGS);
const coordinator4 = (host: string, port: number) =>
  frame(
    TAGS,
    int32(0),
    Buffer.from([2]),
    ...[compact('group'), int32(5), compact(host), int32(port), int16(0), NULL_COMPACT, TAGS],
    TAGS,
  );

describe('the addresses in an answer', () => {
  it.each([
    ['Metadata', 0, metadata0],
    ['Metadata', 4, metadata4],
    ['Metadata', 6, metadata4],
    ['Metadata', 12, metadata12],
    ['FindCoordinator', 0, coordinator0],
    ['FindCoordinator', 2, coordinator2],
    ['FindCoordinator', 3, coordinator3],
    ['FindCoordinator', 4, coordinator4],
  ] as const)('are found and replaced in %s %d, and nothing else is', (api, version, build) => {
    const before = build('kafka.example', 9092);
    const found = findAddresses(api, version, before);
    expect(found[0]).toMatchObject({ nodeId: 5, host: 'kafka.example', port: 9092 });
    const others = found.map((_, n) => ({ host: '127.0.0.1', port: 40_000 + n }));
    expect(replaceAddresses(before, found, others)).toEqual(build('127.0.0.1', 40_000));
  });

  it('are those of all brokers', () => {
    expect(findAddresses('Metadata', 4, metadata4('h', 1)).map(({ nodeId }) => nodeId)).toEqual([5, 6]);
    expect(findAddresses('Metadata', 9, metadata12('h', 1)).map(({ nodeId }) => nodeId)).toEqual([5, 6]);
  });

  it('are none in other answers', () => {
    expect(findAddresses('Fetch', 11, frame(REST))).toEqual([]);
  });

  it('are not guessed in a version or a frame that cannot be read', () => {
    expect(() => findAddresses('Metadata', 14, metadata12('h', 1))).toThrow(RangeError);
    expect(() => findAddresses('Metadata', 4, metadata4('host', 1).subarray(0, 20))).toThrow('out of range');
  });
});
