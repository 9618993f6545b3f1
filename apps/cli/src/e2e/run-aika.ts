import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { World } from './world.js';

const CLI = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** What a command has said, and how it ended; the code is null when a signal ended it. */
export interface CommandResult {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface CommandOptions {
  /** Beside brokers and namespace. */
  readonly env?: Readonly<Record<string, string>>;
  /** On standard input. */
  readonly input?: string;
  /** It has to end by itself within this, milliseconds. Default: no bound. */
  readonly withinMs?: number;
}

/**
 * `aika …` as a process of its own, as people run it.
 * @throws Error when it does not end by itself within the bound
 */
export async function aika(
  { brokers, namespace }: Pick<World, 'brokers' | 'namespace'>,
  args: readonly string[],
  { env, input = '', withinMs }: CommandOptions = {},
): Promise<CommandResult> {
  const child = spawn(process.execPath, [CLI, ...args], {
    env: { ...process.env, ...env, KAFKA_BROKERS: brokers.join(','), AIKA_NAMESPACE: namespace },
    stdio: ['pipe', 'pipe', 'pipe'],
    ...(withinMs === undefined ? {} : { timeout: withinMs }),
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  child.stdin.end(input);
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  if (withinMs !== undefined && code === null) {
    throw new Error(`aika ${args.join(' ')} did not end by itself:\n${err}`);
  }
  return { out, err, code };
}
