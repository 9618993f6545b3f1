import { COMPRESSIONS, type Compression, DEFAULT_TUNING } from '@aika/messaging/kafka';
import { PlatformError } from '@aika/testing';

export interface CliSettings {
  readonly namespace: string;
  /** Of what the command line itself sends, as for the agents. */
  readonly compression: Compression;
}

/** What the commands take from the environment. @throws PlatformError `SETTING_INVALID` */
export function cliSettings(env: NodeJS.ProcessEnv = process.env): CliSettings {
  const namespace = env['AIKA_NAMESPACE'] || 'aika';
  if (!/^[a-z][a-z0-9-]{0,40}$/.test(namespace)) {
    throw new PlatformError(
      'SETTING_INVALID',
      `AIKA_NAMESPACE must be lower-case letters, digits and dashes, not "${namespace}".`,
    );
  }
  const asked = env['AIKA_COMPRESSION'] || DEFAULT_TUNING.compression;
  const compression = COMPRESSIONS.find((one) => one === asked);
  if (compression === undefined) {
    throw new PlatformError(
      'SETTING_INVALID',
      `AIKA_COMPRESSION must be one of ${COMPRESSIONS.join(', ')}, not "${asked}".`,
    );
  }
  return { namespace, compression };
}
