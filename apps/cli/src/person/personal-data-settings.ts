import { AgentSettings, loadSettings, SettingsError } from '@aika/messaging/nest';
import type { PersonalDataSettings } from '@aika/personal-data';
import { PlatformError } from '@aika/testing';

const NAMES = [
  'AIKA_PERSONAL_DATA',
  'AIKA_KEY_STORE',
  'AIKA_MASTER_KEY',
  'AIKA_PREVIOUS_MASTER_KEY',
  'AIKA_NAMESPACE',
] as const;

/** How personal data is kept, as the agents read it. @throws PlatformError `SETTING_INVALID` */
export function personalDataSettings(env: NodeJS.ProcessEnv = process.env): PersonalDataSettings {
  try {
    return loadSettings(AgentSettings, Object.fromEntries(NAMES.map((name) => [name, env[name]])));
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    throw new PlatformError('SETTING_INVALID', error.message, { cause: error });
  }
}

/** @throws PlatformError `SETTING_INVALID` where personal data is not sealed */
export function sealedDataSettings(): PersonalDataSettings {
  const settings = personalDataSettings();
  if (settings.personalData === 'on') return settings;
  throw new PlatformError(
    'SETTING_INVALID',
    'Personal data is not sealed here: set AIKA_PERSONAL_DATA=on with AIKA_KEY_STORE and AIKA_MASTER_KEY, as for the agents.',
  );
}
