import { createTestDatabase } from '@aika/testing';
import { openSealStore } from './open-seal-store.js';
import { describeSealStore } from './seal-store.suite.js';

describeSealStore('in PostgreSQL', async () => {
  const { url, drop } = await createTestDatabase();
  return { open: () => openSealStore(url), close: drop };
});
