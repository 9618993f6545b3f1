import { describe, expect, it } from '@jest/globals';
import { brokerImages } from './compose.js';
import { resolvePlatform, type PlatformProbes } from './resolve-platform.js';
import { platformSettings } from './settings.js';

const bare: PlatformProbes = {
  localClusterRuns: () => false,
  composeObstacle: () => Promise.resolve('no Docker engine answers'),
  localObstacle: () => Promise.resolve('No Java'),
};
const docker = { composeObstacle: () => Promise.resolve(undefined) };
const java = { localObstacle: () => Promise.resolve(undefined) };

const choose = (env: NodeJS.ProcessEnv, probes: Partial<PlatformProbes>, lines: string[] = []) =>
  resolvePlatform(env, (line) => lines.push(line), { ...bare, ...probes });

describe('the choice of a platform', () => {
  it('takes given brokers before everything else', async () => {
    expect(await choose({ KAFKA_BROKERS: 'a:1, b:2' }, { ...docker, ...java })).toEqual({
      kind: 'given',
      brokers: ['a:1', 'b:2'],
    });
  });

  it('takes containers before local processes', async () => {
    expect(await choose({}, { ...docker, ...java })).toEqual({ kind: 'compose' });
  });

  it('falls through to local processes and says why', async () => {
    const lines: string[] = [];
    expect(await choose({}, java, lines)).toEqual({ kind: 'local' });
    expect(lines).toEqual(['Not with Docker (no Docker engine answers); trying Java']);
  });

  it('stays with a local cluster that runs already', async () => {
    expect(await choose({}, { ...docker, ...java, localClusterRuns: () => true })).toEqual({ kind: 'local' });
  });

  it('insists on what AIKA_PLATFORM names', async () => {
    expect(await choose({ AIKA_PLATFORM: 'local' }, { ...docker, ...java })).toEqual({ kind: 'local' });
    await expect(choose({ AIKA_PLATFORM: 'compose' }, java)).rejects.toMatchObject({ code: 'NO_PLATFORM' });
  });

  it('fails with one error that says what to install when nothing fits', async () => {
    await expect(choose({}, {})).rejects.toMatchObject({
      code: 'NO_PLATFORM',
      message: expect.stringMatching(
        /Install Java 17.*Maven.*Docker.*KAFKA_BROKERS[^]*no Docker engine answers[^]*No Java/,
      ),
    });
  });
});

describe('the settings of the platform', () => {
  it('have defaults for ports and folder', () => {
    const settings = platformSettings({});
    expect(settings.ports.client).toEqual([19092, 19093, 19094]);
    expect(settings.ports.controller).toEqual([19192, 19193, 19194]);
    expect(settings.dataDir).toMatch(/\.aika\/cluster$/);
  });

  it.each([
    [{ KAFKA_BROKERS: 'localhost' }, /KAFKA_BROKERS must be host:port/],
    [{ AIKA_KAFKA_PORTS: '1' }, /AIKA_KAFKA_PORTS must be three ports/],
    [{ AIKA_PLATFORM: 'cloud' }, /AIKA_PLATFORM must be auto, local, compose/],
  ])('refuse %j by the name of the setting', (env, message) => {
    expect(() => platformSettings(env)).toThrow(message);
  });
});

describe('the images of the broker containers', () => {
  it('are those of the compose file, each once, and of no other service', () => {
    const services = {
      'kafka-1': { image: 'apache/kafka:4.3.1' },
      'kafka-2': { image: 'apache/kafka:4.3.1' },
      'kafka-3': { image: 'apache/kafka:4.3.1' },
      'claims-agent': { image: 'aika/claims' },
    };
    expect(brokerImages(JSON.stringify({ services }))).toEqual(['apache/kafka:4.3.1']);
  });
});
