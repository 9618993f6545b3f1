import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { repositoryRoot } from '@aika/testing';

/** The interpreter that has confluent-kafka; `npm test` installs one and says here where it is. */
export const PYTHON = process.env['AIKA_PYTHON'];

/** A record as the client gives it to its broker: without headers, and where its partitioner puts the key. */
export interface PythonRecord {
  readonly key: string;
  readonly value: object;
}

export interface PythonPlace {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
}

/** A committed record as Python read it. */
export interface SeenByPython extends PythonPlace {
  readonly key: string | null;
  readonly headers: Readonly<Record<string, string>>;
  /** The record's JSON as it stands there. */
  readonly value: string;
  /** What a reader has to know of it, in whichever spelling it was written. */
  readonly messageType: string;
  readonly sourceAgentId: string;
  readonly customerId: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly causationId: string;
}

type Program = ChildProcessByStdio<Writable, Readable, Readable>;

const CLIENT = 'apps/cli/src/e2e/python/stock_client.py';
const WAIT_BOUND_MS = 60_000;

/** Python's stock client: sends by its own partitioner, and reads what was committed on some topics. */
export class PythonClient {
  readonly seen: SeenByPython[] = [];
  private failure: Error | undefined;

  private constructor(
    private readonly brokers: readonly string[],
    private readonly reader: Program,
  ) {}

  /** @param topics full names of the topics to read from their beginning */
  static start(brokers: readonly string[], topics: readonly string[]): PythonClient {
    const reader = runPython(CLIENT, ['follow', ...topics], brokers);
    const client = new PythonClient(brokers, reader);
    createInterface({ input: reader.stdout }).on('line', (line) => client.take(line));
    void outcomeOf(reader).catch((error: unknown) => (client.failure = error as Error));
    return client;
  }

  /** @returns where the records came to stand, in their order */
  async send(
    topic: string,
    records: readonly PythonRecord[],
    compression = 'none',
  ): Promise<readonly PythonPlace[]> {
    const program = runPython(CLIENT, ['send', topic], this.brokers, {
      STOCK_CLIENT_COMPRESSION: compression,
    });
    program.stdin.end(
      records.map(({ key, value }) => JSON.stringify({ key, value: JSON.stringify(value) })).join('\n'),
    );
    const [places] = await Promise.all([text(program.stdout), outcomeOf(program)]);
    return places
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as PythonPlace);
  }

  /** What was seen of a type about a customer. */
  about(customerId: string, messageType: string): readonly SeenByPython[] {
    return this.seen.filter((seen) => seen.messageType === messageType && seen.customerId === customerId);
  }

  /** Waits until `count` messages of a type about a customer were seen. @throws Error after a minute */
  async until(customerId: string, messageType: string, count = 1): Promise<readonly SeenByPython[]> {
    const deadline = Date.now() + WAIT_BOUND_MS;
    for (;;) {
      if (this.failure) throw this.failure;
      const found = this.about(customerId, messageType);
      if (found.length >= count) return found;
      if (Date.now() > deadline) {
        const types = this.seen
          .filter((seen) => seen.customerId === customerId)
          .map((seen) => seen.messageType);
        throw new Error(
          `Python saw ${found.length} of ${count} ${messageType} about ${customerId}; seen: ${types.join(', ') || 'nothing'}.`,
        );
      }
      await delay(20);
    }
  }

  async close(): Promise<void> {
    const ended = outcomeOf(this.reader);
    this.reader.stdin.end();
    await ended;
  }

  private take(line: string): void {
    const record = JSON.parse(line) as PythonPlace & Pick<SeenByPython, 'key' | 'headers' | 'value'>;
    this.seen.push({ ...record, ...factsOf(JSON.parse(record.value) as Json) });
  }
}

type Json = Readonly<Record<string, unknown>>;

function factsOf(message: Json) {
  const text = (json: Json, camelCase: string, snakeCase: string): string =>
    String(json[camelCase] ?? json[snakeCase] ?? '');
  const payload = (message['payload'] ?? {}) as Json;
  return {
    messageType: text(message, 'messageType', 'message_type'),
    sourceAgentId: text(message, 'sourceAgentId', 'source_agent_id'),
    customerId: text(payload, 'customerId', 'customer_id'),
    causationId: text((message['metadata'] ?? {}) as Json, 'causationId', 'causation_id'),
    payload,
  };
}

/** Starts a program of this repository with the interpreter that has the client. It ends with this process. */
export function runPython(
  program: string,
  args: readonly string[],
  brokers: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Program {
  if (PYTHON === undefined) throw new Error('AIKA_PYTHON does not name a Python with confluent-kafka.');
  const child = spawn(PYTHON, [join(repositoryRoot(), program), ...args], {
    env: { ...process.env, KAFKA_BROKERS: brokers.join(','), ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const endWithOwner = (): void => void child.kill('SIGKILL');
  process.once('exit', endWithOwner);
  child.once('exit', () => process.off('exit', endWithOwner));
  return child;
}

const outcomes = new WeakMap<ChildProcess, Promise<void>>();

/** Resolves when the program has ended well. @throws Error with what it said of its failure */
function outcomeOf(program: Program): Promise<void> {
  let outcome = outcomes.get(program);
  if (!outcome) {
    outcome = ended(program);
    outcomes.set(program, outcome);
  }
  return outcome;
}

async function ended(program: Program): Promise<void> {
  const [said, [code, signal]] = await Promise.all([text(program.stderr), once(program, 'exit')]);
  if (code !== 0) throw new Error(`A Python program ended with ${String(code ?? signal)}:\n${said}`);
}
