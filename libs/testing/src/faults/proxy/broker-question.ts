import { once } from 'node:events';
import { connect } from 'node:net';
import { findAddresses, type BrokerAddress } from './broker-addresses.js';
import { FrameSplitter } from './frame-splitter.js';

const ANSWER_TIMEOUT_MS = 10_000;
const METADATA = { key: 3, version: 4 };
const FIND_COORDINATOR = { key: 10, version: 2 };
const KINDS = { group: 0, transaction: 1 } as const;

/** The cluster's brokers by node id, from the first of these addresses that answers. */
export async function learnBrokers(addresses: readonly string[]): Promise<readonly BrokerAddress[]> {
  // No topic, and none is to be made.
  const answer = await ask(addresses, METADATA, Buffer.alloc(5));
  return [...findAddresses('Metadata', METADATA.version, answer)].sort((a, b) => a.nodeId - b.nodeId);
}

/**
 * Node id of the broker that coordinates a group or a transactional id: the one to kill.
 * @throws Error when no broker answers, or there is no coordinator at the moment
 */
export async function findCoordinator(
  brokers: readonly string[],
  kind: keyof typeof KINDS,
  key: string,
): Promise<number> {
  const answer = await ask(brokers, FIND_COORDINATOR, Buffer.concat([text(key), Buffer.from([KINDS[kind]])]));
  const [found] = findAddresses('FindCoordinator', FIND_COORDINATOR.version, answer);
  if (found === undefined || found.nodeId < 0) throw new Error(`${kind} ${key} has no coordinator now`);
  return found.nodeId;
}

async function ask(
  addresses: readonly string[],
  api: { readonly key: number; readonly version: number },
  body: Buffer,
): Promise<Buffer> {
  let last: unknown;
  for (const address of addresses) {
    try {
      return await askOne(address, api, body);
    } catch (error) {
      last = error;
    }
  }
  throw new Error(`No broker of ${addresses.join(', ')} answers.`, { cause: last });
}

async function askOne(
  address: string,
  { key, version }: { readonly key: number; readonly version: number },
  body: Buffer,
): Promise<Buffer> {
  const colon = address.lastIndexOf(':');
  const socket = connect({ host: address.slice(0, colon), port: Number(address.slice(colon + 1)) });
  const overdue = AbortSignal.timeout(ANSWER_TIMEOUT_MS);
  try {
    const header = Buffer.alloc(8);
    header.writeInt16BE(key, 0);
    header.writeInt16BE(version, 2);
    const request = Buffer.concat([header, text('aika-faults'), body]);
    const size = Buffer.alloc(4);
    size.writeInt32BE(request.length);
    socket.write(Buffer.concat([size, request]));
    const splitter = new FrameSplitter();
    const closed = once(socket, 'close', { signal: overdue }).then(() => Promise.reject(new Error('closed')));
    for (;;) {
      const [chunk] = (await Promise.race([once(socket, 'data', { signal: overdue }), closed])) as [Buffer];
      const [frame] = splitter.push(chunk);
      if (frame) return frame;
    }
  } finally {
    socket.destroy();
  }
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 0xff]), bytes]);
}
