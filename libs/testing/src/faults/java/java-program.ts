import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { delimiter, join } from 'node:path';
import { ensureKafkaInstalled } from '../../kafka-distribution/kafka-distribution.js';
import { repositoryRoot } from '../../repository.js';
import { compileJava } from '../../java/compile-java.js';

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
  const libs = await ensureKafkaInstalled();
  const { java, classes } = await compileJava(
    join(repositoryRoot(), 'libs', 'testing', 'java', `${name}.java`),
    libs,
  );
  const classPath = [classes, join(libs, '*')].join(delimiter);
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
