/** Resolves at SIGINT or SIGTERM. A second signal ends the process at once. */
export async function untilInterrupted(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    const stop = (signal: NodeJS.Signals): void => {
      process.once('SIGINT', () => process.exit(130)).once('SIGTERM', () => process.exit(143));
      resolve(signal);
    };
    process.once('SIGINT', stop).once('SIGTERM', stop);
  });
}
