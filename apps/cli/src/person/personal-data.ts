import type { PersonalDataSettings } from '@aika/personal-data';
import { PlatformError, platformSettings, type RunningBrokers } from '@aika/testing';
import { isProduction } from '../processes/is-production.js';
import { leaveLocalKeys, type LocalKeys, localKeysInUse, useLocalKeys } from './local-keys.js';
import { KEY_SETTINGS, personalDataSettings } from './personal-data-settings.js';

/** How personal data is kept on brokers. */
export interface PersonalData {
  readonly settings: PersonalDataSettings;
  /** The same in a sentence for people; names no key. */
  readonly told: string;
}

type Brokers = { readonly clusterId?: RunningBrokers['clusterId'] | undefined };

/**
 * What a start is to find wrong before it has started anything.
 *
 * @throws PlatformError `SETTING_INVALID`
 */
export function assertPersonalData(env: NodeJS.ProcessEnv = process.env): void {
  const isGiven = platformSettings(env).givenBrokers.length > 0;
  if (isLeftToThisMachine(!isGiven, env)) assertNoProduction(env);
  else bySettings(!isGiven, env);
}

/**
 * As `npm start` keeps it: sealed with keys of this machine on brokers of this clone, unless settings say otherwise. Keys are
 * made where there are none.
 *
 * @throws PlatformError `SETTING_INVALID`
 */
export function startPersonalData(
  { clusterId }: Brokers,
  env: NodeJS.ProcessEnv = process.env,
): PersonalData {
  if (clusterId === undefined) return bySettings(false, env);
  if (isLeftToThisMachine(true, env)) {
    assertNoProduction(env);
    return byLocalKeys(useLocalKeys(clusterId, env), env);
  }
  leaveLocalKeys(clusterId, env);
  return bySettings(true, env);
}

/**
 * As a command finds it: by the settings, else with the keys by which `npm start` seals on these brokers. Brokers that were
 * given are not sealed for with a key of this machine, which nobody else there has.
 *
 * @throws PlatformError `SETTING_INVALID`
 */
export function findPersonalData({ clusterId }: Brokers, env: NodeJS.ProcessEnv = process.env): PersonalData {
  if (clusterId === undefined) return bySettings(false, env);
  const keys = isLeftToThisMachine(true, env) ? localKeysInUse(clusterId, env) : undefined;
  if (keys === undefined) return bySettings(!!env['AIKA_PERSONAL_DATA'] || hasKeySettings(env), env);
  assertNoProduction(env);
  return byLocalKeys(keys, env);
}

/** @throws PlatformError `SETTING_INVALID` where it is not sealed */
export function assertSealed({ settings, told }: PersonalData): void {
  if (settings.personalData === 'on') return;
  throw new PlatformError(
    'SETTING_INVALID',
    `${told} Set AIKA_PERSONAL_DATA=on with AIKA_KEY_STORE and AIKA_MASTER_KEY, as for the agents.`,
  );
}

/** For the environment of agents and gateway. */
export function environmentOf({ settings }: PersonalData): Readonly<Record<string, string>> {
  return {
    AIKA_PERSONAL_DATA: settings.personalData,
    AIKA_KEY_STORE: settings.keyStore,
    AIKA_MASTER_KEY: settings.masterKey,
    AIKA_PREVIOUS_MASTER_KEY: settings.previousMasterKey,
  };
}

/** Sealed, as far as settings say, and none of them says with which keys. */
function isLeftToThisMachine(isOwn: boolean, env: NodeJS.ProcessEnv): boolean {
  return isOwn && (env['AIKA_PERSONAL_DATA'] || 'on') === 'on' && !hasKeySettings(env);
}

function hasKeySettings(env: NodeJS.ProcessEnv): boolean {
  return KEY_SETTINGS.some((name) => !!env[name]);
}

function byLocalKeys({ folder, keyStore, masterKey }: LocalKeys, env: NodeJS.ProcessEnv): PersonalData {
  const own = { AIKA_PERSONAL_DATA: 'on', AIKA_KEY_STORE: keyStore, AIKA_MASTER_KEY: masterKey };
  return {
    settings: personalDataSettings({ ...env, ...own }),
    told: `Personal data is sealed; its keys are in ${folder}.`,
  };
}

function bySettings(isOnByDefault: boolean, env: NodeJS.ProcessEnv): PersonalData {
  const asked = env['AIKA_PERSONAL_DATA'] || (isOnByDefault ? 'on' : 'off');
  const settings = personalDataSettings({ ...env, AIKA_PERSONAL_DATA: asked });
  return { settings, told: toldOf(settings, env) };
}

function toldOf({ personalData }: PersonalDataSettings, env: NodeJS.ProcessEnv): string {
  if (personalData === 'on') return 'Personal data is sealed; its keys are where AIKA_KEY_STORE says.';
  if (env['AIKA_PERSONAL_DATA']) return 'Personal data is not sealed: AIKA_PERSONAL_DATA is off.';
  return platformSettings(env).givenBrokers.length > 0
    ? 'Personal data is not sealed: no key of this machine is used on brokers that KAFKA_BROKERS names.'
    : 'Personal data is not sealed: "npm start" seals it, and has not done so on these brokers.';
}

function assertNoProduction(env: NodeJS.ProcessEnv): void {
  if (!isProduction(env)) return;
  throw new PlatformError(
    'SETTING_INVALID',
    'This is production (AIKA_ENVIRONMENT, or else NODE_ENV): the keys of personal data are yours (AIKA_MASTER_KEY and AIKA_KEY_STORE), not made by this machine. AIKA_PERSONAL_DATA=off keeps it in plain text.',
  );
}
