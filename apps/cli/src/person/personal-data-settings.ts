import { AgentSettings, loadSettings, SettingsError } from '@aika/messaging/nest';
import type { PersonalDataSettings } from '@aika/personal-data';
import { PlatformError } from '@aika/testing';

/** Who sets one of them brings keys of their own. */
export const KEY_SETTINGS = ['AIKA_KEY_STORE', 'AIKA_MASTER_KEY', 'AIKA_PREVIOUS_MASTER_KEY'] as const;

const NAMES = ['AIKA_PERSONAL_DATA', ...KEY_SETTINGS, 'AIKA_NAMESPACE'] as const;

/** How personal data is kept, as the agents read it. @throws PlatformError `SETTING_INVALID` */
export function personalDataSettings(env: NodeJS.ProcessEnv = process.env): PersonalDataSettings {
  try {
    return loadSettings(AgentSettings, Object.fromEntries(NAMES.map((name) => [name, env[name]])));
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    throw new PlatformError('SETTING_INVALID', error.message, { cause: error });
  }
}
