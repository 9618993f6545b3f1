const IMPATIENCE_MS = 1000;

/**
 * Resolves at SIGINT or SIGTERM. Only a SIGINT that comes later again ends the process at once: wrappers pass
 * the first one on, so that one Ctrl-C may arrive as two signals.
 */
export async function untilInterrupted(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let firstAt: number | undefined;
    const stop = (signal: NodeJS.Signals): void => {
      if (firstAt === undefined) {
        firstAt = Date.now();
        resolve(signal);
      } else if (signal === 'SIGINT' && Date.now() - firstAt > IMPATIENCE_MS) {
        process.exit(130);
      }
    };
    process.on('SIGINT', stop).on('SIGTERM', stop);
  });
}
