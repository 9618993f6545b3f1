import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '@aika/testing';
import { type Control, startAlteringProxy } from './altered-answers.js';
import { readRecord, type RecordLine } from './case-record.js';
import { fill } from './filling.js';
import { FuzzField } from './fuzz-field.js';
import { collectValues } from './fuzz-values.js';
import { type FuzzOutcome, judge } from './fuzz-verdict.js';
import { HttpCaller } from './http-caller.js';
import { runSchemathesis } from './schemathesis.js';
import { tryStream } from './stream-cases.js';

export interface FuzzOptions {
  /** Answered at least. */
  readonly cases: number;
  readonly seed: number;
  /** Customers that the system is filled with. */
  readonly customers: number;
  /** Breaks answers on purpose. */
  readonly control?: Control | undefined;
  /** Of schemathesis. */
  readonly phases: readonly Phase[];
  readonly signal: AbortSignal;
  readonly onProgress: (line: string) => void;
}

export const PHASES = ['examples', 'coverage', 'fuzzing', 'stateful'] as const;
export type Phase = (typeof PHASES)[number];

/** Below the repository: what the last run was made of, its record and schemathesis' report. */
const HOME = '.aika/fuzz';
const BAD_RECORDS = 9;
const STREAM_CASES = 40;
/** Of the cases that are asked for; reads come once more at the end, over all that the commands have left behind. */
const FIRST_SHARE = 1.1;
const READ_SHARE = 0.3;

/** The whole system under generated requests, judged from the record of its answers. */
export async function runFuzz(options: FuzzOptions): Promise<FuzzOutcome> {
  const { onProgress, control } = options;
  const files = prepareFiles();
  const field = await FuzzField.open(files.logDir, onProgress);
  const proxy = control === undefined ? undefined : await startAlteringProxy(field.url, control);
  try {
    const caller = new HttpCaller(field.url, field.token);
    onProgress(`filling in ${options.customers} customers`);
    await field.sendBad(BAD_RECORDS);
    const filled = await fill(caller, options.customers);
    const operations = await operationsOf(caller);
    writeFileSync(files.values, JSON.stringify(await collectValues(caller, filled, operations)));
    const api = { url: proxy?.url ?? field.url, token: field.token };
    return await fuzz(options, api, operations, files);
  } finally {
    await proxy?.close();
    await field.close();
  }
}

interface Files {
  readonly values: string;
  readonly record: string;
  /** Of the processes. */
  readonly logDir: string;
  readonly log: (pass: string) => string;
}

function prepareFiles(): Files {
  const home = join(repositoryRoot(), HOME);
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home, { recursive: true });
  return {
    values: join(home, 'values.json'),
    record: join(home, 'record.ndjson'),
    logDir: join(home, 'logs'),
    log: (pass) => join(home, `schemathesis-${pass}.log`),
  };
}

async function fuzz(
  { cases, seed, phases, signal, onProgress }: FuzzOptions,
  api: { readonly url: string; readonly token: string },
  operations: readonly string[],
  files: Files,
): Promise<FuzzOutcome> {
  const eachOf = (share: number): number => Math.max(1, Math.ceil((share * cases) / operations.length));
  const common = { ...api, valuesFile: files.values, recordFile: files.record, signal };
  onProgress(`every route, ${eachOf(FIRST_SHARE)} generated cases each`);
  const first = await runSchemathesis({
    ...common,
    seed,
    maxExamples: eachOf(FIRST_SHARE),
    phases,
    logFile: files.log('all'),
  });
  signal.throwIfAborted();
  onProgress('reads over what the commands have left behind');
  const second = await runSchemathesis({
    ...common,
    seed: seed + 1,
    maxExamples: eachOf(READ_SHARE),
    phases: ['fuzzing'],
    method: 'GET',
    logFile: files.log('reads'),
  });
  onProgress('the live stream');
  const stream = await tryStream(api, seed, STREAM_CASES);
  const lines: readonly RecordLine[] = [...readRecord(readFileSync(files.record, 'utf8')), ...stream];
  return judge({ seed, cases, lines, operations, trouble: first ?? second });
}

/** Routes of the document, such as `GET /v1/claims`. */
async function operationsOf(caller: HttpCaller): Promise<readonly string[]> {
  const { paths } = (await caller.get('/openapi.json')).body as { paths: Record<string, object> };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
}
