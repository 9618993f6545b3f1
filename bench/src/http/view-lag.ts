import type { MessageLog } from '@aika/messaging';
import type { ViewsDatabase } from '@aika/views';

/** Committed records that are on the log and not in the views yet. */
export async function recordsBehind(log: MessageLog, db: ViewsDatabase): Promise<number> {
  const positions = await db.selectFrom('positions').select(['topic', 'partition', 'next_offset']).execute();
  const behind = await Promise.all(
    positions.map(async ({ topic, partition, next_offset: from }) => {
      const at = { topic, partition };
      const { stableEnd: until } = await log.offsets(at);
      let count = 0;
      // Ends count markers of transactions too: only reading tells how many records there are.
      if (from < until) for await (const records of log.read(at, { from, until })) count += records.length;
      return count;
    }),
  );
  return behind.reduce((sum, count) => sum + count, 0);
}
