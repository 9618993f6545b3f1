import { join } from 'node:path';
import { portOf, type PostgresHandle, repositoryRoot, startLocalPostgres } from '@aika/testing';

/** Below the repository: the data and log of the campaign's PostgreSQL. */
export const FAULT_POSTGRES_DIR = '.aika/faults-postgres';

const SETTING = 'AIKA_FAULTS_POSTGRES_PORT';
const PORT = '29432';

/** A PostgreSQL that may be killed: a server of its own without data, that ends with this process. */
export async function openFaultPostgres(
  onProgress: (line: string) => void,
  env: NodeJS.ProcessEnv = process.env,
): Promise<PostgresHandle> {
  return startLocalPostgres({
    dataDir: join(repositoryRoot(), FAULT_POSTGRES_DIR),
    port: portOf(SETTING, env[SETTING] || PORT),
    portSetting: SETTING,
    wipe: true,
    throwAway: true,
    lease: 'owner',
    onProgress,
  });
}
