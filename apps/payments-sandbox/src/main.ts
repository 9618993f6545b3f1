import { PaymentStore } from './payment-store.js';
import { PaymentsServer } from './payments-server.js';
import { readSettings, SettingsError, type Settings } from './settings.js';

/** Opens the store, listens, tells a parent process the port, and stops on SIGINT, SIGTERM or its parent's end. */
async function run(settings: Settings): Promise<void> {
  const store = new PaymentStore(settings.database);
  const server = new PaymentsServer(store);
  const port = await server.listen(settings.port, settings.host);
  console.log(`payments sandbox on http://${settings.host}:${port}, store ${settings.database}`);

  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    void server.close().then(() => {
      store.close();
      process.exit(0);
    });
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  if (process.send !== undefined) {
    process.on('disconnect', stop);
    process.send({ ready: true, port });
  }
}

function explain(error: unknown): string {
  if (error instanceof SettingsError) return error.message;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return 'AIKA_PAYMENTS_PORT is taken by another process: choose another port';
  return error instanceof Error ? error.message : String(error);
}

try {
  await run(readSettings(process.env));
} catch (error) {
  console.error(`payments sandbox cannot start: ${explain(error)}`);
  process.exit(1);
}
