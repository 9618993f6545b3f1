import { composeDown } from './compose.js';

process.on('disconnect', () => {
  void composeDown({ wipe: false }).finally(() => process.exit());
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  // Only the owner's end counts; a signal to the whole terminal reaches the owner as well.
  process.on(signal, () => {});
}
