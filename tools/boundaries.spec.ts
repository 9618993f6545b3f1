import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

/**
 * Lints through nx, as `npm test` does, a copy of this workspace that has its configuration and package.json files
 * but other sources: every file below holds one import. A copy, so that no forbidden file ever lies in the work
 * tree, where a build, an editor or a killed test run would trip over it.
 */
const ROOT = join(import.meta.dirname, '..');

const BOUNDARIES = '@nx/enforce-module-boundaries';
const RESTRICTED = 'no-restricted-imports';
const ADAPTER = 'aika/adapter-packages';

/** What must be refused: where, the import, by which rule, and what the message says. */
const FORBIDDEN: readonly [file: string, target: string, rule: string, reason: string][] = [
  ['libs/domain/src/to-messaging.ts', '@aika/messaging', BOUNDARIES, 'layer:domain'],
  ['libs/domain/src/to-adapter.ts', '@aika/messaging/kafka', BOUNDARIES, 'layer:domain'],
  ['libs/domain/src/to-sources.ts', '../../messaging/src/index.js', BOUNDARIES, 'relative'],
  ['libs/domain/src/to-node.ts', 'node:fs', RESTRICTED, 'pure'],
  ['libs/domain/src/to-nest.ts', '@nestjs/common', RESTRICTED, 'pure'],
  ['libs/contracts/src/to-domain.ts', '@aika/domain', BOUNDARIES, 'Circular dependency'],
  ['libs/messaging/src/to-domain.ts', '@aika/domain', BOUNDARIES, 'layer:messaging'],
  ['libs/messaging/src/to-kafkajs.ts', 'kafkajs', ADAPTER, 'behind the port'],
  ['libs/messaging/src/to-kafkajs-internals.ts', 'kafkajs/src/index.js', ADAPTER, 'behind the port'],
  ['libs/messaging/src/to-level.ts', 'classic-level', ADAPTER, 'src/local-state imports it'],
  ['libs/messaging/src/local-state/to-kafkajs.ts', 'kafkajs', ADAPTER, 'behind the port'],
  ['libs/messaging/src/kafka/to-level.ts', 'classic-level', ADAPTER, 'src/local-state imports it'],
  ['libs/domain/src/to-kafkajs.ts', 'kafkajs', ADAPTER, 'behind the port'],
  ['libs/views/src/queries/to-pg.ts', 'pg', ADAPTER, 'libs/views/src/database'],
  ['apps/gateway/src/commands/to-kysely.ts', 'kysely', ADAPTER, 'SQL stays in libs/views'],
  ['apps/gateway/src/to-pg.ts', 'pg', ADAPTER, 'libs/views/src/database'],
  ['apps/projector/src/to-migrations.ts', 'kysely/migration', ADAPTER, 'SQL stays in libs/views'],
  ['apps/customer-agent/src/to-nodemailer.ts', 'nodemailer', ADAPTER, 'only smtp-channel.ts'],
  ['libs/messaging/src/to-app.ts', '../../../apps/claims-agent/src/main.js', BOUNDARIES, 'relative'],
  ['apps/claims-agent/src/to-adapter.ts', '@aika/messaging/kafka', RESTRICTED, 'Only wiring'],
  ['apps/claims-agent/src/to-in-memory.ts', '@aika/messaging/in-memory', RESTRICTED, 'Only wiring'],
  ['apps/claims-agent/src/to-kafkajs.ts', 'kafkajs', ADAPTER, 'behind the port'],
  ['apps/claims-agent/src/to-transport.ts', '@nestjs/microservices', RESTRICTED, 'neither Kafka nor Nest'],
  ['apps/claims-agent/src/to-agent.ts', '../../risk-agent/src/main.js', BOUNDARIES, 'relative'],
  ['libs/gateway-client/src/to-contracts.ts', '@aika/contracts', BOUNDARIES, 'layer:client'],
  ['bench/src/to-kafkajs.ts', 'kafkajs', ADAPTER, 'behind the port'],
  ['bench/src/to-agent.ts', '../../apps/claims-agent/src/main.js', BOUNDARIES, 'relative'],
];

/** Other ways to name a package than to import it; each file holds one of them, and all are refused. */
const OTHER_WAYS: readonly [file: string, code: string][] = [
  ['libs/messaging/src/by-type.ts', "import type { Kafka } from 'kafkajs';\n\nexport type Used = Kafka;\n"],
  ['libs/messaging/src/by-type-of.ts', "export type Used = import('kafkajs').Kafka;\n"],
  ['libs/messaging/src/by-export.ts', "export * from 'kafkajs';\n"],
  ['libs/messaging/src/by-named-export.ts', "export { Kafka } from 'kafkajs';\n"],
  ['libs/messaging/src/by-call.ts', "export const used = await import('kafkajs');\n"],
  [
    'libs/messaging/src/by-require.ts',
    "import { createRequire } from 'node:module';\n\nconst require = createRequire(import.meta.url);\nexport const used: unknown = require('kafkajs');\n",
  ],
];

/** What must pass, or the rules above would prove nothing. */
const ALLOWED: readonly [file: string, target: string][] = [
  ['libs/domain/src/allowed.ts', '@aika/contracts'],
  ['libs/messaging/src/allowed.ts', '@aika/contracts'],
  ['libs/messaging/src/kafka/allowed.ts', 'kafkajs'],
  ['libs/messaging/src/local-state/allowed.ts', 'classic-level'],
  ['libs/views/src/queries/allowed.ts', 'kysely'],
  ['libs/views/src/database/allowed.ts', 'pg'],
  ['apps/gateway/src/commands/postgres-idempotency-store.ts', 'kysely'],
  ['apps/projector/src/rebuild/allowed.ts', 'kysely'],
  ['apps/customer-agent/src/notifications/smtp-channel.ts', 'nodemailer'],
  ['libs/workflow/src/allowed.ts', '@aika/messaging'],
  ['apps/claims-agent/src/allowed.ts', '@aika/domain'],
  ['apps/claims-agent/src/main.ts', '@aika/messaging/kafka'],
  ['apps/claims-agent/src/claims-agent.module.ts', '@aika/messaging/in-memory'],
  ['bench/src/peers/allowed.ts', 'kafkajs'],
];

const REFUSED = [
  ...['contracts', 'domain', 'gateway-client', 'messaging', 'views', 'claims-agent', 'customer-agent'],
  ...['gateway', 'projector', 'bench'],
];
const LINTED = [...REFUSED, 'workflow'];

let workspace: string;
let run: SpawnSyncReturns<string>;

beforeAll(() => {
  workspace = realpathSync(mkdtempSync(join(tmpdir(), 'aika-boundaries-')));
  copyConfiguration();
  linkDependencies();
  for (const [file, target] of [...FORBIDDEN, ...ALLOWED]) writeImport(file, target);
  for (const [file, code] of OTHER_WAYS) write(file, code);
  run = lint(...LINTED);
}, 180_000);

afterAll(() => rmSync(workspace, { recursive: true, force: true }));

function packages(): string[] {
  return ['apps', 'libs'].flatMap((parent) =>
    readdirSync(join(ROOT, parent))
      .map((name) => `${parent}/${name}`)
      .filter((folder) => existsSync(join(ROOT, folder, 'package.json'))),
  );
}

function copyConfiguration(): void {
  const root = ['package.json', 'package-lock.json', 'nx.json', 'eslint.config.mjs', '.swcrc'];
  const rules = ['tools/eslint/adapter-packages.mjs'];
  const types = ['tsconfig.json', 'tsconfig.base.json'];
  const manifests = packages().map((folder) => `${folder}/package.json`);
  // No workspace of npm's: it is never installed anywhere.
  const bench = ['bench/package.json', 'bench/project.json'];
  for (const file of [...root, ...rules, ...types, ...manifests, ...bench])
    cpSync(join(ROOT, file), join(workspace, file));
}

/** Everything from the real node_modules but our own packages, which have to be the copy's. */
function linkDependencies(): void {
  const modules = join(workspace, 'node_modules');
  mkdirSync(join(modules, '@aika'), { recursive: true });
  for (const name of readdirSync(join(ROOT, 'node_modules'))) {
    if (name !== '@aika') symlinkSync(join(ROOT, 'node_modules', name), join(modules, name));
  }
  for (const folder of packages()) {
    symlinkSync(join(workspace, folder), join(modules, '@aika', folder.split('/')[1] ?? ''));
  }
}

function writeImport(file: string, target: string): void {
  write(file, `import * as target from '${target}';\n\nexport const used = target;\n`);
}

function write(file: string, code: string): void {
  mkdirSync(dirname(join(workspace, file)), { recursive: true });
  writeFileSync(join(workspace, file), code);
}

function lint(...projects: string[]): SpawnSyncReturns<string> {
  const environment = Object.entries(process.env).filter(([name]) => !/^(NX_|NODE_OPTIONS$)/.test(name));
  const nx = join(workspace, 'node_modules', '.bin', 'nx');
  const args = ['run-many', '-t', 'lint', '-p', ...projects, '--skip-nx-cache', '--output-style=static'];
  return spawnSync(process.execPath, [realpathSync(nx), ...args], {
    cwd: workspace,
    encoding: 'utf8',
    env: {
      ...Object.fromEntries(environment),
      PATH: `${join(ROOT, 'node_modules', '.bin')}:${process.env['PATH'] ?? ''}`,
      NX_DAEMON: 'false',
      NX_ISOLATE_PLUGINS: 'false',
      NX_TUI: 'false',
    },
  });
}

/** Everything that nx and eslint printed, without colours. */
function output(): string {
  return stripVTControlCharacters(run.stdout + run.stderr).replaceAll('\r', '');
}

/** What eslint said about one file: from its name to the next file's, or to the closing count. */
function verdictOn(file: string): string {
  const [, verdict = ''] = output().split(`${join(workspace, file)}\n`);
  return verdict.split(/^(?:\/|✖)/m, 1)[0] ?? '';
}

describe('the linter, run through nx,', () => {
  it('fails for each package with a forbidden import', () => {
    expect(run.status).toBe(1);
    for (const name of REFUSED) {
      expect(output()).toContain(`- @aika/${name}:lint`);
    }
  });

  it.each(FORBIDDEN)('refuses a forbidden import: %s of %s', (file, _target, rule, reason) => {
    expect(verdictOn(file)).toContain(rule);
    expect(verdictOn(file)).toContain(reason);
  });

  it.each(OTHER_WAYS)('refuses an adapter’s package elsewhere, however it is named: %s', (file) => {
    expect(verdictOn(file)).toContain(ADAPTER);
  });

  it.each(ALLOWED)('lets an allowed import pass: %s of %s', (file) => {
    expect(verdictOn(file)).toBe('');
  });

  it('passes a package without a forbidden import', () => {
    expect(output()).toContain('> nx run @aika/workflow:lint');
    expect(output()).not.toContain('- @aika/workflow:lint');
  });
});
