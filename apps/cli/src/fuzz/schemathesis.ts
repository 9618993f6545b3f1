import { spawn } from 'node:child_process';
import { createWriteStream, readFileSync } from 'node:fs';
import { finished } from 'node:stream/promises';
import { dirname, join } from 'node:path';
import { PlatformError, repositoryRoot } from '@aika/testing';

/** Every check but those of sign-in, which the route matrix of the gateway makes for every role. */
const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
  'negative_data_rejection',
  'positive_data_acceptance',
  'missing_required_header',
  'unsupported_method',
  'allow_header_conformance',
];

export interface SchemathesisRun {
  /** Where the API is. */
  readonly url: string;
  /** The login that every request shows. */
  readonly token: string;
  readonly seed: number;
  /** Generated cases of each route. */
  readonly maxExamples: number;
  readonly phases: readonly string[];
  /** Only routes of this method. */
  readonly method?: string;
  /** Ids that exist; see `FuzzValues`. */
  readonly valuesFile: string;
  /** Where the hooks write what was answered. */
  readonly recordFile: string;
  /** Where schemathesis' own report goes. */
  readonly logFile: string;
  readonly signal: AbortSignal;
}

/** Exit codes of schemathesis: nothing found; something found, or a mistake of its own. */
const PASSED = 0;
const FOUND = 1;

/**
 * Runs schemathesis on every route but the endless one.
 * @returns why it did not come to its end; undefined when it did
 * @throws PlatformError when there is no Python with schemathesis
 */
export async function runSchemathesis(run: SchemathesisRun): Promise<string | undefined> {
  const python = process.env['AIKA_PYTHON'];
  if (!python) {
    throw new PlatformError('SETTING_INVALID', 'AIKA_PYTHON is not set: start the fuzz with "npm run fuzz".');
  }
  const child = spawn(python, ['-m', 'schemathesis.cli', ...argumentsOf(run)], {
    // It leaves what it finds beside the report.
    cwd: dirname(run.logFile),
    env: {
      ...process.env,
      SCHEMATHESIS_HOOKS: join(repositoryRoot(), 'tools', 'fuzz', 'fuzz_hooks.py'),
      AIKA_FUZZ_VALUES: run.valuesFile,
      AIKA_FUZZ_RECORD: run.recordFile,
      PYTHONHASHSEED: '0',
      NO_COLOR: '1',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    signal: run.signal,
    killSignal: 'SIGTERM',
  });
  const log = createWriteStream(run.logFile);
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  log.end();
  await finished(log);
  if (code === PASSED || (code === FOUND && !hasErrors(run.logFile))) return undefined;
  return `schemathesis ended with code ${code}: ${run.logFile}`;
}

/** Its report tells mistakes of its own, or of the hooks, in a part of their own. */
function hasErrors(logFile: string): boolean {
  return /^=+ ERRORS =+$/m.test(readFileSync(logFile, 'utf8'));
}

function argumentsOf({ url, token, seed, maxExamples, phases, method }: SchemathesisRun): readonly string[] {
  return [
    ...['run', `${url}/openapi.json`, '--url', url],
    ...['--header', `authorization: Bearer ${token}`],
    // Made-up keys beside it would be refused before anything else is looked at.
    ...['--generation-with-security-parameters', 'false'],
    ...['--exclude-path', '/v1/stream'],
    ...(method === undefined ? [] : ['--include-method', method]),
    ...['--phases', phases.join(',')],
    ...['--checks', CHECKS.join(',')],
    ...['--seed', String(seed), '--max-examples', String(maxExamples)],
    // Findings are for people to look at once: smaller cases would cost more requests than the run itself.
    ...['--no-shrink', '--continue-on-failure', '--generation-database', 'none'],
    // Curl lines are to be sent again as they are: their login is of a key that ends with the run.
    ...['--output-sanitize', 'false'],
    ...['--workers', '1', '--request-timeout', '30', '--no-color'],
  ];
}
