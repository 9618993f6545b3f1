import { PlatformError } from '@aika/testing';

export interface CliSettings {
  readonly namespace: string;
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
  return { namespace };
}
