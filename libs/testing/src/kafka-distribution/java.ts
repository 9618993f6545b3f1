import { join } from 'node:path';
import { PlatformError } from '../platform-error.js';
import { runCommand } from '../run-command.js';

const OLDEST_JAVA = 17;

/** The major version in what `java -version` prints, undefined if it is none. */
export function javaMajorVersion(output: string): number | undefined {
  const found = /version "(?:1\.)?(\d+)/.exec(output)?.[1];
  return found === undefined ? undefined : Number(found);
}

/**
 * The java program to run brokers with: of JAVA_HOME if that is set, else of the PATH.
 * @throws PlatformError JAVA_MISSING when there is none, or it is older than 17
 */
export async function findJava(env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const java = env.JAVA_HOME ? join(env.JAVA_HOME, 'bin', 'java') : 'java';
  const { code, stdout, stderr } = await runCommand(java, ['-version'], { timeoutMs: 10_000, env });
  const major = code === 0 ? javaMajorVersion(stderr + stdout) : undefined;
  if (major === undefined) {
    throw new PlatformError(
      'JAVA_MISSING',
      `No Java: "${java} -version" did not answer. Install Java ${OLDEST_JAVA} or newer.`,
    );
  }
  if (major < OLDEST_JAVA) {
    throw new PlatformError(
      'JAVA_MISSING',
      `Java ${major} is too old ("${java}"). Install Java ${OLDEST_JAVA} or newer, or point JAVA_HOME at it.`,
    );
  }
  return java;
}

/**
 * The mvn program.
 * @throws PlatformError MAVEN_MISSING
 */
export async function findMaven(env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const { code } = await runCommand('mvn', ['-v'], { timeoutMs: 20_000, env });
  if (code !== 0) {
    throw new PlatformError(
      'MAVEN_MISSING',
      'No Maven: "mvn -v" did not answer. Install Maven 3.8 or newer.',
    );
  }
  return 'mvn';
}
