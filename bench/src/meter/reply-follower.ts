import { topicOf } from '@aika/contracts';
import type { LogRecord, MessageLog } from '@aika/messaging';

export const REPLY_WITHIN_MS = 30_000;

/** Nobody answered in time: the load beside it is more than the machine carries. */
export class NoReplyError extends Error {
  override readonly name = 'NoReplyError';

  constructor(id: string) {
    super(`${id}: nothing came in ${REPLY_WITHIN_MS / 1000} s.`);
  }
}

/**
 * Reads a topic's committed records as they come and tells when an awaited one is there: the reader at the other end
 * of what is measured.
 */
export class ReplyFollower {
  private readonly awaited = new Map<string, (at: number) => void>();
  private readonly stopping = new AbortController();
  private reading: Promise<void> = Promise.resolve();

  private constructor(private readonly idOf: (record: LogRecord) => string | undefined) {}

  /**
   * Resolves when the positions are fixed: what is written afterwards is seen.
   * @param idOf what a record is awaited by; undefined for one that nobody awaits
   */
  static async open(
    log: MessageLog,
    namespace: string,
    topic: string,
    idOf: (record: LogRecord) => string | undefined,
  ): Promise<ReplyFollower> {
    const follower = new ReplyFollower(idOf);
    const ready = Promise.withResolvers<void>();
    const { signal } = follower.stopping;
    follower.reading = follower.read(
      log.follow({ topics: [topicOf(namespace, topic)], from: 'end', signal, onReady: ready.resolve }),
    );
    await Promise.race([ready.promise, follower.reading]);
    return follower;
  }

  /**
   * When the record was read, by performance.now(). To be called before what causes it is sent.
   * @throws NoReplyError
   */
  async arrival(id: string): Promise<number> {
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    const bound = setTimeout(() => reject(new NoReplyError(id)), REPLY_WITHIN_MS);
    this.awaited.set(id, resolve);
    try {
      return await promise;
    } finally {
      clearTimeout(bound);
      this.awaited.delete(id);
    }
  }

  async close(): Promise<void> {
    this.stopping.abort();
    await this.reading;
  }

  private async read(batches: AsyncIterable<readonly LogRecord[]>): Promise<void> {
    for await (const records of batches) {
      const at = performance.now();
      if (this.awaited.size === 0) continue;
      for (const record of records) {
        const id = this.idOf(record);
        if (id !== undefined) this.awaited.get(id)?.(at);
      }
    }
  }
}
