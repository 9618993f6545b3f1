import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { deleteLocalKeys } from './local-keys.js';
import {
  assertPersonalData,
  assertSealed,
  environmentOf,
  findPersonalData,
  startPersonalData,
} from './personal-data.js';

const CLUSTER = { clusterId: 'MkU3OEVBNTcwNTJENDM2Qg' };
const GIVEN = {};
const OWN_KEYS = {
  AIKA_KEY_STORE: 'file:/srv/keys',
  AIKA_MASTER_KEY: Buffer.alloc(32, 7).toString('base64'),
};

let run: string;
let env: NodeJS.ProcessEnv;

beforeEach(() => {
  run = mkdtempSync(join(tmpdir(), 'aika-personal-data-'));
  env = { AIKA_RUN_DIR: run };
});
afterEach(() => rmSync(run, { recursive: true, force: true }));

const folder = (): string => join(run, 'personal-data', CLUSTER.clusterId);
const permissions = (path: string): string => (statSync(path).mode & 0o777).toString(8);

describe('a start on brokers of this clone', () => {
  it('seals with keys that it makes once, which their owner alone can read', () => {
    const first = startPersonalData(CLUSTER, env);
    expect(first.settings).toMatchObject({ personalData: 'on', keyStore: `file:${join(folder(), 'keys')}` });
    expect(Buffer.from(first.settings.masterKey, 'base64')).toHaveLength(32);
    expect(startPersonalData(CLUSTER, env)).toEqual(first);
    expect([folder(), join(folder(), 'master-key'), join(folder(), 'settings.env')].map(permissions)).toEqual(
      ['700', '600', '600'],
    );
  });

  it('tells where the keys are, and no key', () => {
    const { settings, told } = startPersonalData(CLUSTER, env);
    expect(told).toContain(folder());
    expect(told).not.toContain(settings.masterKey);
  });

  it('has other keys for another cluster', () => {
    const other = startPersonalData({ clusterId: 'another' }, env);
    expect(other.settings.masterKey).not.toBe(startPersonalData(CLUSTER, env).settings.masterKey);
  });

  it('takes keys that are given, and makes none', () => {
    const { settings } = startPersonalData(CLUSTER, { ...env, ...OWN_KEYS });
    expect(settings).toMatchObject({ personalData: 'on', keyStore: 'file:/srv/keys' });
    expect(existsSync(folder())).toBe(false);
  });

  it('wants both of them', () => {
    const half = { ...env, AIKA_MASTER_KEY: OWN_KEYS.AIKA_MASTER_KEY };
    expect(() => startPersonalData(CLUSTER, half)).toThrow('AIKA_KEY_STORE');
    expect(() => assertPersonalData(half)).toThrow('AIKA_KEY_STORE');
  });

  it('seals nothing where a setting says so', () => {
    const { settings, told } = startPersonalData(CLUSTER, { ...env, AIKA_PERSONAL_DATA: 'off' });
    expect([settings.personalData, told]).toEqual([
      'off',
      'Personal data is not sealed: AIKA_PERSONAL_DATA is off.',
    ]);
  });

  it('makes no key in production, which has its own', () => {
    for (const production of [{ AIKA_ENVIRONMENT: 'production' }, { NODE_ENV: 'production' }]) {
      expect(() => assertPersonalData({ ...env, ...production })).toThrow('This is production');
      expect(() => startPersonalData(CLUSTER, { ...env, ...production })).toThrow('This is production');
      assertPersonalData({ ...env, ...production, ...OWN_KEYS });
    }
    expect(existsSync(folder())).toBe(false);
  });

  it('does not make a second master key where the first is lost, which would open nothing', () => {
    startPersonalData(CLUSTER, env);
    mkdirSync(join(folder(), 'keys'));
    writeFileSync(join(folder(), 'keys', 'cust-1.json'), '{}');
    rmSync(join(folder(), 'master-key'));
    expect(() => startPersonalData(CLUSTER, env)).toThrow('master-key is gone');
    writeFileSync(join(folder(), 'master-key'), 'half a k');
    expect(() => startPersonalData(CLUSTER, env)).toThrow('holds no master key');
  });
});

describe('a command', () => {
  it('finds the keys by which the cluster is sealed', () => {
    const started = startPersonalData(CLUSTER, env);
    expect(findPersonalData(CLUSTER, env)).toEqual(started);
    expect(environmentOf(started)).toMatchObject({ AIKA_PERSONAL_DATA: 'on' });
  });

  it('seals nothing on a cluster that no start has sealed, and says so where it needs keys', () => {
    const found = findPersonalData(CLUSTER, env);
    expect(found.settings.personalData).toBe('off');
    expect(existsSync(folder())).toBe(false);
    expect(() => assertSealed(found)).toThrow('"npm start" seals it, and has not done so on these brokers.');
  });

  it('seals nothing once a start has been told not to; the keys stay, for what they have sealed', () => {
    const { settings } = startPersonalData(CLUSTER, env);
    startPersonalData(CLUSTER, { ...env, AIKA_PERSONAL_DATA: 'off' });
    expect(findPersonalData(CLUSTER, env).settings.personalData).toBe('off');
    expect(startPersonalData(CLUSTER, env).settings).toEqual(settings);
  });

  it('never uses a key of this machine on brokers that are given', () => {
    startPersonalData(CLUSTER, env);
    const given = { ...env, KAFKA_BROKERS: 'kafka.example.org:9092' };
    const found = findPersonalData(GIVEN, given);
    expect([found.settings.personalData, found.settings.masterKey]).toEqual(['off', '']);
    expect(found.told).toContain('brokers that KAFKA_BROKERS names');
    const own = findPersonalData(GIVEN, { ...given, ...OWN_KEYS, AIKA_PERSONAL_DATA: 'on' });
    expect(own.settings).toMatchObject({ personalData: 'on', keyStore: 'file:/srv/keys' });
  });

  it('finds none after the data and their keys are deleted', () => {
    startPersonalData(CLUSTER, env);
    expect([deleteLocalKeys(CLUSTER.clusterId, env), deleteLocalKeys(CLUSTER.clusterId, env)]).toEqual([
      true,
      false,
    ]);
    expect(findPersonalData(CLUSTER, env).settings.personalData).toBe('off');
  });
});

it('the settings in the file are those of the start, for programs that are started by hand', () => {
  const started = startPersonalData(CLUSTER, env);
  const lines = readFileSync(join(folder(), 'settings.env'), 'utf8').trim().split('\n');
  const told = lines.map((line) => line.replace(/^(\w+)='?(.*?)'?$/, '$1=$2'));
  expect(told.map((line) => line.slice(0, line.indexOf('=')))).toEqual([
    'AIKA_PERSONAL_DATA',
    'AIKA_KEY_STORE',
    'AIKA_MASTER_KEY',
  ]);
  for (const line of told)
    expect(Object.entries(environmentOf(started)).map((pair) => pair.join('='))).toContain(line);
});

it('a cluster id that is no name of a folder is refused', () => {
  expect(() => startPersonalData({ clusterId: '../..' }, env)).toThrow("is no cluster's id");
});
