import { join } from 'node:path';
import { PlatformError, type PostgresHandle, repositoryRoot, startLocalPostgres } from '@aika/testing';

/** Below the repository: the data and log of the campaign's PostgreSQL. */
export const FAULT_POSTGRES_DIR = '.aika/faults-postgres';

const SETTING = 'AIKA_FAULTS_POSTGRES_PORT';
const PORT = '29432';

/** A PostgreSQL that may be killed: a server of its own without data, that ends with this process. */
export async function openFaultPostgres(
  onProgress: (line: string) => void,
  env: NodeJS.ProcessEnv = process.env,
): Promise<PostgresHandle> {
  const port = Number(env[SETTING] || PORT);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new PlatformError(
      'SETTING_INVALID',
      `${SETTING} must be a port such as ${PORT}, not "${env[SETTING]}".`,
    );
  }
  return startLocalPostgres({
    dataDir: join(repositoryRoot(), FAULT_POSTGRES_DIR),
    port,
    portSetting: SETTING,
    wipe: true,
    throwAway: true,
    lease: 'owner',
    onProgress,
  });
}
