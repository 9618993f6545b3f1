import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { KAFKA_VERSION } from '../libs/testing/src/kafka-distribution/kafka-distribution.js';
import {
  COMPOSE_BROKERS,
  COMPOSE_CLUSTER_ID,
  COMPOSE_SERVICES,
} from '../libs/testing/src/platform/compose.js';

/**
 * What docker-compose.yml has to keep in step with: the platform's code, broker.properties, topics.json, the
 * agents' Dockerfiles. `docker compose config` (a step of its own) checks that the file is valid at all.
 */
const ROOT = join(import.meta.dirname, '..');

interface Service {
  readonly image: string;
  readonly hostname?: string;
  readonly build?: { readonly context: string; readonly dockerfile: string };
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string | number>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: { readonly test: readonly string[] };
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
}

const text = (...path: string[]): string => readFileSync(join(ROOT, ...path), 'utf8');
const compose = parse(text('docker-compose.yml'), { merge: true }) as Compose;

const service = (name: string): Service => {
  const found = compose.services[name];
  if (found === undefined) throw new Error(`docker-compose.yml has no service ${name}`);
  return found;
};

/** Folders of apps/ that have an image: each has a Dockerfile. */
const apps = readdirSync(join(ROOT, 'apps')).filter((app) =>
  existsSync(join(ROOT, 'apps', app, 'Dockerfile')),
);
const agents = apps.filter((app) => app.endsWith('-agent'));

/** The libraries that a package of apps/ or libs/ needs at run time, over any number of steps. */
function librariesOf(folder: string, found = new Set<string>()): ReadonlySet<string> {
  const { dependencies = {} } = JSON.parse(text(folder, 'package.json')) as Manifest;
  for (const name of Object.keys(dependencies)) {
    const library = name.startsWith('@aika/') ? `libs/${name.slice('@aika/'.length)}` : undefined;
    if (library === undefined || found.has(library)) continue;
    found.add(library);
    librariesOf(library, found);
  }
  return found;
}

/** Name and value of every setting of broker.properties. */
function brokerSettings(): readonly (readonly [name: string, value: string])[] {
  return text('deploy', 'kafka', 'broker.properties')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)] as const);
}

/** The settings that a broker's environment makes, by the image's rule: KAFKA_NODE_ID is node.id. */
function overrides({ environment = {} }: Service): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(environment)
      .filter(([name]) => name.startsWith('KAFKA_') && name !== 'KAFKA_HEAP_OPTS')
      .map(([name, value]) => [
        name.slice('KAFKA_'.length).toLowerCase().replaceAll('_', '.'),
        String(value),
      ]),
  );
}

describe('the brokers of docker-compose.yml', () => {
  const brokers = COMPOSE_SERVICES.map(service);

  it('are three of the Kafka version that is pinned for local brokers, each with its id, volume and check', () => {
    expect(brokers.map(({ image }) => image)).toEqual(Array(3).fill(`apache/kafka:${KAFKA_VERSION}`));
    expect(brokers.map((broker) => overrides(broker).get('node.id'))).toEqual(['1', '2', '3']);
    expect(brokers.map(({ volumes }) => volumes?.[0])).toEqual(
      COMPOSE_SERVICES.map((name) => `${name}:/var/lib/kafka/data`),
    );
    expect(Object.keys(compose.volumes)).toEqual(expect.arrayContaining([...COMPOSE_SERVICES]));
    for (const broker of brokers) expect(broker.healthcheck?.test.join(' ')).toContain('unfenced');
  });

  it('run with deploy/kafka/broker.properties, which the environment overrides in addresses only', () => {
    const addresses = [
      'advertised.listeners',
      'controller.quorum.voters',
      'listener.security.protocol.map',
      'listeners',
      'log.dirs',
      'node.id',
    ];
    for (const broker of brokers) {
      expect(broker.volumes).toContain(
        './deploy/kafka/broker.properties:/mnt/shared/config/server.properties:ro',
      );
      expect([...overrides(broker).keys()].sort()).toEqual(addresses);
    }
  });

  it('leave no placeholder of broker.properties in force', () => {
    const open = brokerSettings().flatMap(([name, value]) => (value.includes('${') ? [name] : []));
    expect(open.length).toBeGreaterThan(0);
    for (const broker of brokers) expect([...overrides(broker).keys()]).toEqual(expect.arrayContaining(open));
  });

  it('are published on loopback where the platform looks for them', () => {
    const advertised = brokers.map(
      (broker) => /HOST:\/\/([^,]+)/.exec(overrides(broker).get('advertised.listeners') ?? '')?.[1],
    );
    expect(advertised).toEqual(COMPOSE_BROKERS);
    expect(brokers.map(({ ports }) => ports)).toEqual(
      COMPOSE_BROKERS.map((address) => [`${address}:${address.split(':')[1]}`]),
    );
  });

  it('share the cluster id by which the platform knows them, and name each other as voters', () => {
    const ids = new Set(brokers.map(({ environment }) => environment?.['CLUSTER_ID']));
    expect([...ids]).toEqual([COMPOSE_CLUSTER_ID]);
    const voters = COMPOSE_SERVICES.map((name, index) => `${index + 1}@${name}:9192`).join(',');
    for (const broker of brokers) expect(overrides(broker).get('controller.quorum.voters')).toBe(voters);
  });
});

describe('the topics of docker-compose.yml', () => {
  const topics = service('topics');

  it('come from deploy/kafka/topics.json through "aika up"', () => {
    expect(topics.volumes).toEqual(['./deploy/kafka/topics.json:/aika/deploy/kafka/topics.json:ro']);
    expect(topics.command?.[0]).toBe('up');
    expect(topics.build?.dockerfile).toBe('apps/cli/Dockerfile');
  });

  it('are made when all brokers are healthy', () => {
    expect(topics.depends_on).toEqual(
      Object.fromEntries(COMPOSE_SERVICES.map((name) => [name, { condition: 'service_healthy' }])),
    );
  });
});

describe('the agents of docker-compose.yml', () => {
  it('are the agents that have a Dockerfile', () => {
    const services = Object.keys(compose.services).filter((name) => name.endsWith('-agent'));
    expect(services.sort()).toEqual([...agents].sort());
    expect(agents).toHaveLength(4);
  });

  it.each(agents)('%s waits for the topics and is healthy when it is ready', (name) => {
    const agent = service(name);
    expect(agent.depends_on?.['topics']).toEqual({ condition: 'service_completed_successfully' });
    expect(agent.healthcheck?.test.join(' ')).toContain('/health/ready');
    expect(agent.environment?.['KAFKA_BROKERS']).toBe('kafka-1:9092,kafka-2:9092,kafka-3:9092');
  });

  it('pay through the sandbox, once it is healthy', () => {
    const claims = service('claims-agent');
    expect(claims.environment?.['AIKA_PAYMENTS_URL']).toBe('http://payments-sandbox:3190');
    expect(claims.depends_on?.['payments-sandbox']).toEqual({ condition: 'service_healthy' });
  });
});

describe('personal data in docker-compose.yml', () => {
  const SETTINGS = [
    'AIKA_PERSONAL_DATA',
    'AIKA_KEY_STORE',
    'AIKA_MASTER_KEY',
    'AIKA_PREVIOUS_MASTER_KEY',
  ] as const;
  const settingsOf = (name: string) => SETTINGS.map((setting) => service(name).environment?.[setting]);

  it.each([...agents, 'gateway', 'aika'])('%s is told as the others are, by .env, off by default', (name) => {
    expect(settingsOf(name)).toEqual(
      SETTINGS.map((setting) => `\${${setting}:-${setting === 'AIKA_PERSONAL_DATA' ? 'off' : ''}}`),
    );
  });

  it('is no business of those that see only what the log holds: they get no key', () => {
    for (const name of ['projector', 'audit-sealer', 'topics']) {
      expect(settingsOf(name)).toEqual(SETTINGS.map(() => undefined));
    }
  });
});

describe('the images of docker-compose.yml', () => {
  it('are built from the repository by the Dockerfile of an app', () => {
    const built = Object.values(compose.services).flatMap(({ build }) => (build ? [build] : []));
    expect(new Set(built.map(({ dockerfile }) => dockerfile))).toEqual(
      new Set(apps.map((app) => `apps/${app}/Dockerfile`)),
    );
    for (const { context } of built) expect(context).toBe('.');
  });

  it.each(apps)('%s has the build of every library that it needs, and of no other', (app) => {
    const copied = [
      ...text('apps', app, 'Dockerfile').matchAll(/--from=build \/aika\/(libs\/[a-z-]+)\/dist/g),
    ];
    expect(copied.map(([, library]) => library).sort()).toEqual([...librariesOf(`apps/${app}`)].sort());
  });

  it.each(apps)('%s does not run as root', (app) => {
    expect(text('apps', app, 'Dockerfile')).toMatch(/\nUSER 1000:1000\n/);
  });

  it('publish nothing beyond this machine', () => {
    const published = Object.values(compose.services).flatMap(({ ports = [] }) => ports);
    expect(published.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
  });
});
