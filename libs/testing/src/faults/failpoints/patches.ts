import { Socket } from 'node:net';
import type { Failpoint } from './failpoint-trigger.js';

export type Hit = (point: Failpoint) => void;

/** The classes of a built @aika/messaging, by what is patched of them. */
export interface PatchedClasses {
  readonly transaction: object;
  readonly groupSession: object;
  readonly log: object;
  readonly effectRunner: object;
  readonly agentRuntime: object;
  readonly writeBehind: object;
}

type Method = (this: unknown, ...args: unknown[]) => unknown;

const END_TXN = 26;
const FIRST_FLEXIBLE_END_TXN = 3;

/**
 * Sets failpoints around the methods of running code, from outside: production code has no switch for them.
 * @throws Error when a method is not there any more, rather than to run a campaign without faults
 */
export function setFailpoints(classes: PatchedClasses, hit: Hit): void {
  const { transaction, groupSession, log, effectRunner, agentRuntime, writeBehind } = classes;
  patch(transaction, 'send', (send) => {
    return async function (this: unknown, ...args) {
      const isEmpty = (args[0] as readonly unknown[]).length === 0;
      if (!isEmpty) hit('before-send');
      const positions = await Reflect.apply(send, this, args);
      if (!isEmpty) hit('after-send');
      return positions;
    };
  });
  after(transaction, 'commitOffsets', () => hit('after-offsets'));
  after(transaction, 'commit', () => hit('after-end'));
  after(transaction, 'abort', () => hit('after-abort'));
  patch(groupSession, 'join', (join) => {
    return async function (this: unknown, ...args) {
      hit('before-join');
      const membership = await Reflect.apply(join, this, args);
      hit('after-join');
      return membership;
    };
  });
  patch(log, 'read', (read) => {
    return function (this: unknown, ...args) {
      const records = Reflect.apply(read, this, args) as AsyncIterable<unknown>;
      const { topic } = args[0] as { readonly topic: string };
      return topic.includes('.state.') ? betweenChunks(records, hit) : records;
    };
  });
  patch(effectRunner, 'take', (take) => {
    return function (this: unknown, ...args) {
      const outcomes = Reflect.apply(take, this, args) as readonly unknown[];
      if (outcomes.length > 0) hit('effect-called');
      return outcomes;
    };
  });
  patch(agentRuntime, 'assigned', (assigned) => {
    return function (this: unknown, ...args) {
      hit('on-assigned');
      return Reflect.apply(assigned, this, args);
    };
  });
  patch(writeBehind, 'write', (write) => {
    return async function (this: unknown, ...args) {
      hit('before-copy');
      await Reflect.apply(write, this, args);
      hit('after-copy');
    };
  });
  patchSocket(hit);
}

function patch(prototype: object, name: string, wrap: (original: Method) => Method): void {
  const original: unknown = Reflect.get(prototype, name);
  if (typeof original !== 'function') {
    throw new Error(
      `Failpoints: ${prototype.constructor.name}.${name} is gone; see faults/failpoints/patches.ts`,
    );
  }
  Reflect.set(prototype, name, wrap(original as Method));
}

function after(prototype: object, name: string, done: () => void): void {
  patch(prototype, name, (original) => {
    return async function (this: unknown, ...args) {
      const result = await Reflect.apply(original, this, args);
      done();
      return result;
    };
  });
}

/** After the first chunk was applied there may be more, and nothing that was restored is in use. */
async function* betweenChunks(chunks: AsyncIterable<unknown>, hit: Hit): AsyncGenerator<unknown> {
  for await (const chunk of chunks) {
    yield chunk;
    hit('during-restore');
  }
}

/** The request to commit is known by its bytes: whatever writes it, the moment is the same. */
function patchSocket(hit: Hit): void {
  patch(Socket.prototype, 'write', (write) => {
    return function (this: unknown, ...args) {
      const [bytes, encoding] = args;
      if (!isCommit(bytes)) return Reflect.apply(write, this, args);
      hit('before-end');
      const given = args.findLast((arg) => typeof arg === 'function') as
        ((error?: Error) => void) | undefined;
      const written = (error?: Error): void => {
        if (!error) hit('end-sent');
        given?.(error);
      };
      return Reflect.apply(write, this, [
        bytes,
        typeof encoding === 'string' ? encoding : undefined,
        written,
      ]);
    };
  });
}

/** True for a whole frame of EndTxn that commits, and not for one that aborts. */
export function isCommit(bytes: unknown): boolean {
  if (!Buffer.isBuffer(bytes) || bytes.length < 20) return false;
  if (bytes.readInt32BE(0) !== bytes.length - 4 || bytes.readInt16BE(4) !== END_TXN) return false;
  // The last field; in flexible versions an empty tag section follows.
  const isFlexible = bytes.readInt16BE(6) >= FIRST_FLEXIBLE_END_TXN;
  return bytes[bytes.length - (isFlexible ? 2 : 1)] === 1;
}
