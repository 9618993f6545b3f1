import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, delimiter, join } from 'node:path';
import { findJava } from '../kafka-distribution/java.js';
import { PlatformError } from '../platform-error.js';
import { repositoryRoot } from '../repository.js';
import { runCommand } from '../run-command.js';

const COMPILE_TIMEOUT_MS = 120_000;

/**
 * Compiles a Java program of one file on first use, for each text of the program and set of jars.
 * @param libs folder of the jars that it needs
 * @returns the java program to run it with, and the folder of its classes
 * @throws PlatformError JAVA_MISSING, also when there is only a runtime or the source does not compile
 */
export async function compileJava(
  source: string,
  libs: string,
): Promise<{ readonly java: string; readonly classes: string }> {
  const java = await findJava();
  const jars = (await readdir(libs)).sort();
  const digest = createHash('sha256')
    .update(await readFile(source))
    .update(jars.join())
    .digest('hex');
  const name = basename(source, '.java');
  const classes = join(repositoryRoot(), '.aika', 'java', `${name}-${digest.slice(0, 16)}`);
  if (!existsSync(classes))
    await compile({ java, source, classes, jars: jars.map((jar) => join(libs, jar)) });
  return { java, classes };
}

async function compile(options: {
  readonly java: string;
  readonly source: string;
  readonly classes: string;
  readonly jars: readonly string[];
}): Promise<void> {
  const { java, source, classes, jars } = options;
  // Under a name of its own until it is complete: two checks may start at once.
  const draft = `${classes}.${process.pid}`;
  await mkdir(draft, { recursive: true });
  const compiler = ['-m', 'jdk.compiler/com.sun.tools.javac.Main'];
  // Only the JVM's launcher knows what an asterisk is.
  const classPath = jars.join(delimiter);
  const result = await runCommand(java, [...compiler, '-d', draft, '-cp', classPath, source], {
    timeoutMs: COMPILE_TIMEOUT_MS,
  });
  if (result.code !== 0) {
    await rm(draft, { recursive: true, force: true });
    throw new PlatformError(
      'JAVA_MISSING',
      `${source} was not compiled; it needs a JDK, not only a Java runtime:\n${result.stderr}${result.stdout}`,
    );
  }
  await rename(draft, classes).catch(async (error: NodeJS.ErrnoException) => {
    await rm(draft, { recursive: true, force: true });
    if (!existsSync(classes)) throw error;
  });
}
