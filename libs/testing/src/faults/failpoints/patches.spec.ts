import { describe, expect, it } from '@jest/globals';
import { isCommit, setFailpoints } from './patches.js';

const END_TXN = 26;
const HEARTBEAT = 12;

/** EndTxn as kafkajs writes it; flexible versions end with an empty tag section. */
function endTxn(isCommitted: boolean, { apiKey = END_TXN, version = 1 } = {}): Buffer {
  const tags = version >= 3 ? Buffer.from([0]) : Buffer.alloc(0);
  const body = Buffer.concat([Buffer.alloc(30), Buffer.from([isCommitted ? 1 : 0]), tags]);
  body.writeInt16BE(apiKey, 0);
  body.writeInt16BE(version, 2);
  const size = Buffer.alloc(4);
  size.writeInt32BE(body.length);
  return Buffer.concat([size, body]);
}

describe('the request to commit', () => {
  it.each([0, 1, 3, 5])('is known by its bytes in version %d, and told from an abort', (version) => {
    expect(isCommit(endTxn(true, { version }))).toBe(true);
    expect(isCommit(endTxn(false, { version }))).toBe(false);
  });

  it('is no other request, no part of a frame and no text', () => {
    expect(isCommit(endTxn(true, { apiKey: HEARTBEAT }))).toBe(false);
    expect(isCommit(endTxn(true).subarray(0, 25))).toBe(false);
    expect(isCommit('GET /health HTTP/1.1')).toBe(false);
  });
});

describe('failpoints', () => {
  it('fail at once when what they are set around is gone', () => {
    class Renamed {}
    const classes = {
      transaction: Renamed.prototype,
      groupSession: Renamed.prototype,
      log: Renamed.prototype,
      effectRunner: Renamed.prototype,
      agentRuntime: Renamed.prototype,
      writeBehind: Renamed.prototype,
    };
    expect(() => setFailpoints(classes, () => undefined)).toThrow('Renamed.send is gone');
  });
});
