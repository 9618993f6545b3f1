/** What runs until it is stopped. */
export interface Stoppable {
  stop(): Promise<void>;
}

/**
 * What is being started at the same time, once all of it is up. Does one of them fail, the others are stopped.
 *
 * @throws what the first of them in the list failed with
 */
export async function startTogether<T extends readonly Stoppable[]>(starts: {
  readonly [N in keyof T]: Promise<T[N]>;
}): Promise<T> {
  const results = await Promise.allSettled<Stoppable>(starts);
  const failed = results.find((result) => result.status === 'rejected');
  const started = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  if (failed === undefined) return started as unknown as T;
  await stopOneByOne(started);
  throw failed.reason;
}

/** Stops all in this order, whatever happens to one of them. @throws the first failure, at the end */
export async function stopOneByOne(parts: readonly Stoppable[]): Promise<void> {
  const failures: unknown[] = [];
  for (const part of parts) await part.stop().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}
