import type { MessageLog, OutgoingRecord } from '@aika/messaging';

const PORTION = 2000;

/** Writes records made by number, in portions, acknowledged by all in-sync replicas. */
export async function fill(
  log: MessageLog,
  count: number,
  make: (n: number) => OutgoingRecord,
  signal: AbortSignal,
): Promise<void> {
  const writer = await log.createWriter();
  try {
    let before: Promise<unknown> = Promise.resolve();
    for (let from = 0; from < count; from += PORTION) {
      signal.throwIfAborted();
      const records = Array.from({ length: Math.min(PORTION, count - from) }, (_, n) => make(from + n));
      await before;
      before = writer.send(records);
      // Awaited with the next portion; a failure before then must not count as unhandled.
      before.catch(() => undefined);
    }
    await before;
  } finally {
    await writer.close();
  }
}
