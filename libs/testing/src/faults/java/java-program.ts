import { createHash } from 'node:crypto';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { delimiter, join } from 'node:path';
import { findJava } from '../../kafka-distribution/java.js';
import { ensureKafkaInstalled, KAFKA_VERSION } from '../../kafka-distribution/kafka-distribution.js';
import { PlatformError } from '../../platform-error.js';
import { repositoryRoot } from '../../repository.js';
import { runCommand } from '../../run-command.js';

const COMPILE_TIMEOUT_MS = 120_000;
/** A program of seconds: what an optimising compiler and a parallel collector cost, it never earns back. */
const JVM_FLAGS = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-Xshare:auto', '-Xmx512m'];
/** Standard output is for the program's lines alone. */
const SILENT = [
  '-Dorg.apache.logging.log4j.level=OFF',
  '-Dorg.apache.logging.log4j.simplelog.StatusLogger.level=OFF',
];

/**
 * Runs a program of libs/testing/java and yields its JSON lines.
 * @throws Error with its standard error when it ends with another code than 0, or before its line {"done":N}
 *   that says how many lines there were
 */
export async function* runJavaProgram(name: string, args: readonly string[]): AsyncGenerator<unknown> {
  const { java, classPath } = await compiled(name);
  const child = spawn(java, [...JVM_FLAGS, ...SILENT, '-cp', classPath, name, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit');
  // Awaited at the end only: a reader that stops early must not leave a rejection behind.
  exited.catch(() => undefined);
  let report = '';
  child.stderr.on('data', (chunk: Buffer) => (report += chunk.toString()));
  let lines = 0;
  let done: number | undefined;
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      if (!line.startsWith('{')) continue;
      const value = JSON.parse(line) as { readonly done?: number };
      if (value.done !== undefined) done = value.done;
      else {
        lines += 1;
        yield value;
      }
    }
    const [code] = (await exited) as [number | null];
    if (code === 0 && done === lines) return;
    throw new Error(`${name} ${args[0]} ended with code ${code} after ${lines} lines:\n${report}`);
  } finally {
    child.kill('SIGKILL');
  }
}

/** Compiles on first use, for each text of the program and version of Kafka. */
async function compiled(name: string): Promise<{ readonly java: string; readonly classPath: string }> {
  const java = await findJava();
  const libs = await ensureKafkaInstalled();
  const source = join(repositoryRoot(), 'libs', 'testing', 'java', `${name}.java`);
  const digest = createHash('sha256')
    .update(await readFile(source))
    .digest('hex');
  const folder = join(repositoryRoot(), '.aika', 'java', `${name}-${KAFKA_VERSION}-${digest.slice(0, 16)}`);
  if (!existsSync(folder)) await compile({ java, libs, source, folder });
  return { java, classPath: [folder, join(libs, '*')].join(delimiter) };
}

async function compile(options: {
  readonly java: string;
  readonly libs: string;
  readonly source: string;
  readonly folder: string;
}): Promise<void> {
  const { java, libs, source, folder } = options;
  // Under a name of its own until it is complete: two checks may start at once.
  const draft = `${folder}.${process.pid}`;
  await mkdir(draft, { recursive: true });
  // Only the JVM's launcher knows what an asterisk is.
  const jars = (await readdir(libs)).map((jar) => join(libs, jar)).join(delimiter);
  const compiler = ['-m', 'jdk.compiler/com.sun.tools.javac.Main'];
  const result = await runCommand(java, [...compiler, '-d', draft, '-cp', jars, source], {
    timeoutMs: COMPILE_TIMEOUT_MS,
  });
  if (result.code !== 0) {
    await rm(draft, { recursive: true, force: true });
    throw new PlatformError(
      'JAVA_MISSING',
      `${source} was not compiled; it needs a JDK, not only a Java runtime:\n${result.stderr}${result.stdout}`,
    );
  }
  await rename(draft, folder).catch(async (error: NodeJS.ErrnoException) => {
    await rm(draft, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  });
}
