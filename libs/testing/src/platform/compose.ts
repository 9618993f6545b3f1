import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PlatformError } from '../platform-error.js';
import { repositoryRoot } from '../repository.js';
import { runCommand } from '../run-command.js';

/** The brokers of docker-compose.yml and where it publishes them. */
export const COMPOSE_SERVICES = ['kafka-1', 'kafka-2', 'kafka-3'] as const;
export const COMPOSE_BROKERS = ['127.0.0.1:19092', '127.0.0.1:19093', '127.0.0.1:19094'] as const;
/** Of their data, which stand in volumes. */
export const COMPOSE_CLUSTER_ID = 'aika-compose-cluster-A';

const PROBE_MS = 3_000;
const PULL_MS = 300_000;
const UP_MS = 180_000;

export const composeFile = (): string => join(repositoryRoot(), 'docker-compose.yml');

const compose = (args: readonly string[], timeoutMs: number) =>
  runCommand('docker', ['compose', '-f', composeFile(), ...args], { timeoutMs });

/**
 * Why Docker cannot run the brokers here; undefined if it can. Every question is bounded: an engine that
 * hangs must not hang the start.
 */
export async function composeObstacle(onProgress: (line: string) => void): Promise<string | undefined> {
  if (!existsSync(composeFile())) return 'there is no docker-compose.yml';
  const info = await runCommand('docker', ['info', '--format', '{{.ServerVersion}}'], {
    timeoutMs: PROBE_MS,
  });
  if (info.code !== 0)
    return info.timedOut ? 'the Docker engine did not answer in 3 s' : 'no Docker engine answers';
  if ((await compose(['version'], PROBE_MS)).code !== 0) return 'Docker has no compose plugin';
  return missingImage(onProgress);
}

async function missingImage(onProgress: (line: string) => void): Promise<string | undefined> {
  const config = await compose(['config', '--format', 'json'], 10_000);
  if (config.code !== 0) return `docker-compose.yml is not valid: ${lastLine(config.stderr)}`;
  for (const image of brokerImages(config.stdout)) {
    const present = await runCommand('docker', ['image', 'inspect', image], { timeoutMs: 10_000 });
    if (present.code === 0) continue;
    onProgress(`Getting the image ${image} (once)`);
    const pull = await runCommand('docker', ['pull', '--quiet', image], { timeoutMs: PULL_MS });
    if (pull.code !== 0) {
      return `the image ${image} could not be had: ${pull.timedOut ? 'no end after 5 minutes' : lastLine(pull.stderr)}`;
    }
  }
  return undefined;
}

/** The images of the broker services in the output of `docker compose config --format json`. */
export function brokerImages(config: string): readonly string[] {
  const { services = {} } = JSON.parse(config) as { services?: Record<string, { image?: string }> };
  return [
    ...new Set(
      COMPOSE_SERVICES.map((service) => services[service]?.image).filter((image) => image !== undefined),
    ),
  ];
}

/**
 * Brings up the brokers only and waits until they are healthy.
 * @returns whether they ran already
 * @throws PlatformError COMPOSE_FAILED
 */
export async function composeUp(): Promise<{ readonly wereRunning: boolean }> {
  const wereRunning = await composeIsUp();
  if (wereRunning) return { wereRunning };
  const up = await compose(['up', '-d', '--wait', '--pull', 'never', ...COMPOSE_SERVICES], UP_MS);
  if (up.code !== 0) {
    await compose(['stop', ...COMPOSE_SERVICES], UP_MS);
    throw new PlatformError(
      'COMPOSE_FAILED',
      `docker compose could not start the brokers:\n${up.stderr.trim()}`,
    );
  }
  return { wereRunning };
}

/** True when all three broker containers run. */
export async function composeIsUp(): Promise<boolean> {
  if (!existsSync(composeFile())) return false;
  const running = await compose(['ps', '--services', '--status', 'running'], 10_000);
  const services = running.code === 0 ? running.stdout.split('\n').map((line) => line.trim()) : [];
  return COMPOSE_SERVICES.every((service) => services.includes(service));
}

/** Stops the broker containers; with `wipe` the whole stack and its volumes go. */
export async function composeDown({ wipe }: { readonly wipe: boolean }): Promise<void> {
  const down = await compose(wipe ? ['down', '--volumes'] : ['stop', ...COMPOSE_SERVICES], UP_MS);
  if (down.code !== 0) {
    throw new PlatformError(
      'COMPOSE_FAILED',
      `docker compose could not stop the brokers:\n${down.stderr.trim()}`,
    );
  }
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
