import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ClaimFiled, ClaimPaid, ClaimReserved } from '@aika/contracts';
import { createTestDatabase, repositoryRoot, resume, suspend, type TestDatabase } from '@aika/testing';
import { migrateViews, type ViewName, VIEWS } from '@aika/views';
import { countsOf, eventually, ProjectorWorld, silent } from './projector-world.fixtures.js';
import { checkViews } from './rebuild/rebuild-views.js';

const TEST_TIMEOUT_MS = 120_000;
const CLAIMS = 1500;

let world: ProjectorWorld;
let database: TestDatabase;
const children: ChildProcess[] = [];

beforeAll(async () => {
  [world, database] = await Promise.all([ProjectorWorld.create('killed'), createTestDatabase()]);
}, TEST_TIMEOUT_MS);

afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await world.close();
  await database.drop();
}, TEST_TIMEOUT_MS);

/** The built program, with bounds so short that a frozen one is overtaken within seconds. */
function startProcess(): ChildProcess {
  const child = fork(join(repositoryRoot(), 'apps/projector/dist/main.js'), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      DATABASE_URL: database.url,
      AIKA_NAMESPACE: world.namespace,
      AIKA_HTTP_PORT: '0',
      AIKA_BATCH_SIZE: '100',
      AIKA_SESSION_TIMEOUT_MS: '2000',
      AIKA_TRANSACTION_TIMEOUT_MS: '2000',
      AIKA_DATABASE_TIMEOUT_MS: '2000',
    },
  });
  children.push(child);
  return child;
}

const story = (from: number, count: number) =>
  Array.from({ length: count }, (_, n) => from + n).flatMap((n) =>
    [ClaimFiled, ClaimReserved, ClaimPaid].map((definition) =>
      world.record(definition as typeof ClaimFiled, {
        payload: { customerId: `k-${n}`, claimId: `clm-k-${n}` },
      }),
    ),
  );

describe('projectors that are killed and frozen', () => {
  it(
    'leave views that are the fold of the events',
    async () => {
      const db = world.database(database.url);
      await migrateViews(db);
      const claims = async () => (await countsOf(db, ['claims']))[0]!;
      await world.write(story(0, CLAIMS));
      const [killed, frozen] = [startProcess(), startProcess()];
      await eventually(claims, (count) => count > 100);
      killed.kill('SIGKILL');
      await suspend(frozen.pid!);
      const atFault = await claims();
      expect(atFault).toBeLessThan(CLAIMS);
      startProcess();
      await world.write(story(CLAIMS, 200));
      await eventually(claims, (count) => count > atFault);
      resume(frozen.pid!);
      await eventually(
        () => countsOf(db, ['claims', 'events']),
        (counts) => counts.join() === `${CLAIMS + 200},${(CLAIMS + 200) * 3}`,
      );
      const revisions = await db.selectFrom('claims').select('revision').distinct().execute();
      expect(revisions).toEqual([{ revision: 3 }]);
      const check = await checkViews(Object.keys(VIEWS) as ViewName[], {
        databaseUrl: database.url,
        log: world.log,
        reader: world.reader(),
        logger: silent,
        batchSize: 2000,
        signal: new AbortController().signal,
        limit: 5,
      });
      expect(check.tables.filter(({ differences }) => differences > 0)).toEqual([]);
    },
    TEST_TIMEOUT_MS,
  );
});
