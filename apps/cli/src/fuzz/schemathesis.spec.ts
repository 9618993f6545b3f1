import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { runSchemathesis } from './schemathesis.js';

describe('a run of schemathesis', () => {
  const python = process.env['AIKA_PYTHON'];
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'aika-fuzz-spec-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
    if (python === undefined) delete process.env['AIKA_PYTHON'];
    else process.env['AIKA_PYTHON'] = python;
  });

  /** Stands for Python: says how it was called, and ends as it is told. */
  function pretend(report: string, code: number): void {
    const program = join(folder, 'python');
    const lines = [
      '#!/bin/sh',
      'echo "$@"',
      'echo "$SCHEMATHESIS_HOOKS $AIKA_FUZZ_RECORD"',
      `printf '%s\\n' '${report}'`,
    ];
    writeFileSync(program, [...lines, `exit ${code}`, ''].join('\n'));
    chmodSync(program, 0o755);
    process.env['AIKA_PYTHON'] = program;
  }

  const run = (method?: string) =>
    runSchemathesis({
      url: 'http://127.0.0.1:3100',
      token: 'a.login',
      seed: 7,
      maxExamples: 12,
      phases: ['examples', 'fuzzing'],
      ...(method === undefined ? {} : { method }),
      valuesFile: join(folder, 'values.json'),
      recordFile: join(folder, 'record.ndjson'),
      logFile: join(folder, 'run.log'),
      signal: new AbortController().signal,
    });

  it('tries every route but the endless one, by the seed, with the hooks of this repository', async () => {
    pretend('all fine', 0);
    expect(await run('GET')).toBeUndefined();
    const said = readFileSync(join(folder, 'run.log'), 'utf8');
    expect(said).toContain('-m schemathesis.cli run http://127.0.0.1:3100/openapi.json');
    expect(said).toContain('--header authorization: Bearer a.login');
    expect(said).toContain('--exclude-path /v1/stream --include-method GET --phases examples,fuzzing');
    expect(said).toContain('--seed 7 --max-examples 12');
    expect(said).toMatch(/tools\/fuzz\/fuzz_hooks\.py .*record\.ndjson/);
  });

  it('has come to its end when it has found something', async () => {
    pretend('=========== FAILURES ===========', 1);
    expect(await run()).toBeUndefined();
  });

  it.each([
    ['mistakes of its own', '============ ERRORS ============', 1],
    ['arguments that it does not know', 'Usage: …', 2],
  ])('has not come to its end with %s', async (_name, report, code) => {
    pretend(report, code);
    expect(await run()).toContain(`schemathesis ended with code ${code}: `);
  });

  it('needs a Python that has it', async () => {
    delete process.env['AIKA_PYTHON'];
    await expect(run()).rejects.toThrow('npm run fuzz');
  });
});
