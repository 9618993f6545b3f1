import { join, resolve } from 'node:path';
import { parseStages, type Stage } from '@aika/contracts';
import { parsePorts } from '../local-cluster/ports.js';
import { PlatformError } from '../platform-error.js';
import { repositoryRoot } from '../repository.js';

export type PlatformSettings = {
  /** KAFKA_BROKERS: a cluster that somebody else runs; empty if not given. */
  readonly givenBrokers: readonly string[];
  /** AIKA_PLATFORM: "auto" takes what the machine has, the others insist. */
  readonly prefer: 'auto' | 'local' | 'compose';
  /** AIKA_DATA_DIR */
  readonly dataDir: string;
  readonly ports: {
    readonly client: readonly number[];
    readonly controller: readonly number[];
    readonly clientSetting: string;
    readonly controllerSetting: string;
  };
};

const CLIENT_PORTS = 'AIKA_KAFKA_PORTS';
const CONTROLLER_PORTS = 'AIKA_KAFKA_CONTROLLER_PORTS';
const PREFERENCES = ['auto', 'local', 'compose'] as const;

/**
 * Where the local platform lives, from the environment.
 * @throws PlatformError SETTING_INVALID naming the setting
 */
export function platformSettings(env: NodeJS.ProcessEnv = process.env): PlatformSettings {
  return {
    givenBrokers: givenBrokers(env.KAFKA_BROKERS ?? ''),
    prefer: preference(env.AIKA_PLATFORM || 'auto'),
    dataDir: resolve(repositoryRoot(), env.AIKA_DATA_DIR || join('.aika', 'cluster')),
    ports: {
      client: parsePorts(CLIENT_PORTS, env[CLIENT_PORTS] || '19092,19093,19094'),
      controller: parsePorts(CONTROLLER_PORTS, env[CONTROLLER_PORTS] || '19192,19193,19194'),
      clientSetting: CLIENT_PORTS,
      controllerSetting: CONTROLLER_PORTS,
    },
  };
}

/**
 * AIKA_STAGE_TOPICS: stages whose events have a topic of their own, comma separated. All programs of an
 * installation have to have the same.
 * @throws PlatformError SETTING_INVALID naming the setting
 */
export function stageTopicsSetting(env: NodeJS.ProcessEnv = process.env): readonly Stage[] {
  try {
    return parseStages(env.AIKA_STAGE_TOPICS ?? '');
  } catch (cause) {
    const reason = cause instanceof TypeError ? cause.message : String(cause);
    throw new PlatformError('SETTING_INVALID', `AIKA_STAGE_TOPICS: ${reason}`, { cause });
  }
}

function preference(value: string): PlatformSettings['prefer'] {
  const found = PREFERENCES.find((known) => known === value);
  if (found) return found;
  throw new PlatformError(
    'SETTING_INVALID',
    `AIKA_PLATFORM must be ${PREFERENCES.join(', ')}, not "${value}".`,
  );
}

function givenBrokers(value: string): readonly string[] {
  const brokers = value.split(',').map((broker) => broker.trim());
  const list = brokers.filter((broker) => broker !== '');
  const wrong = list.find((broker) => !/^.+:\d+$/.test(broker));
  if (wrong !== undefined) {
    throw new PlatformError(
      'SETTING_INVALID',
      `KAFKA_BROKERS must be host:port[,host:port...]; "${wrong}" is not.`,
    );
  }
  return list;
}
