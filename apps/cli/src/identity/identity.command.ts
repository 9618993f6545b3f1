import type { IdentityReport, ShownKey } from '@aika/contracts';
import { PlatformError } from '@aika/testing';
import type { Command } from 'commander';
import { type ByFlags, withBy } from '../audit/acting.js';
import { countOf } from '../commands/count-flag.js';
import { reportFailure } from '../platform/report-failure.js';
import { table } from '../platform/table.js';
import { audited } from './audited-keys.js';
import { type LoginFlags, loginOf, secondsOf } from './identity-flags.js';
import { identityTask } from './identity-process.js';
import { localToken, prepareLocalIdentity, printoutOf } from './local-logins.js';

interface CreateFlags extends LoginFlags, ByFlags {
  readonly rate?: string;
  readonly json?: boolean;
}

interface RotateFlags extends ByFlags {
  readonly overlap: string;
  readonly lifetime?: string;
  readonly json?: boolean;
}

/** `aika login`, `aika token`, `aika keys create|list|rotate|revoke`. */
export function registerIdentity(program: Command): void {
  program
    .command('login')
    .description("make this machine's key, unless there is one, and print a login for each role")
    .action(() =>
      reportFailure(async () => void process.stdout.write(`${printoutOf(await prepareLocalIdentity())}\n`)),
    );
  withLogin(program.command('token'))
    .description("a token of this machine's key, for AIKA_AUTH=local")
    .option('--lifetime <time>', 'such as 90m, 8h, 30d', '8h')
    .action((flags: LoginFlags & { lifetime: string }) => reportFailure(() => token(flags)));
  registerKeys(program.command('keys').description('API keys of programs: create, list, rotate, revoke'));
}

function registerKeys(keys: Command): void {
  withBy(withLogin(keys.command('create')))
    .description('a new key, printed once')
    .option('--lifetime <time>', 'such as 90d; without it until it is revoked')
    .option('--rate <n>', 'requests a second')
    .option('--json', 'one JSON object on standard output')
    .action((flags: CreateFlags) => reportFailure(() => create(flags)));
  keys
    .command('list')
    .description('keys without their secrets, newest first')
    .option('--json', 'one JSON object a line')
    .action((flags: { json?: boolean }) => reportFailure(() => list(flags)));
  withBy(keys.command('rotate'))
    .description('a new key with the same rights; the old one is good for the overlap')
    .argument('<id>', 'id of the key')
    .option('--overlap <time>', 'such as 30m, 24h', '24h')
    .option('--lifetime <time>', 'of the new key')
    .option('--json', 'one JSON object on standard output')
    .action((id: string, flags: RotateFlags) => reportFailure(() => rotate(id, flags)));
  withBy(keys.command('revoke'))
    .description('a key counts no more, at every gateway within seconds')
    .argument('<id>', 'id of the key')
    .action((id: string, flags: ByFlags) => reportFailure(() => revoke(id, flags)));
}

function withLogin(command: Command): Command {
  return command
    .requiredOption(
      '--role <role...>',
      'customer, agent-operator, adjuster, manager, auditor; more than one may be given',
    )
    .option('--subject <name>', 'who it is, as decisions and the audit trail name them')
    .option('--customer <id>', 'whose own things the role customer is about')
    .option('--authority <limit...>', 'the most that is approved alone, such as GBP=25000.00');
}

async function token(flags: LoginFlags & { lifetime: string }): Promise<void> {
  const login = { ...loginOf(flags), lifetimeSeconds: secondsOf('--lifetime', flags.lifetime) };
  process.stdout.write(`${await localToken(login)}\n`);
}

async function create(flags: CreateFlags): Promise<void> {
  const { authority = {}, ...login } = loginOf(flags);
  const rate = flags.rate === undefined ? {} : { rateLimit: countOf('--rate', flags.rate, 1) };
  const grant = { ...login, authority, ...rate };
  await audited(flags.by, async () => {
    const { key, record } = made(await identityTask({ do: 'keys-create', grant, ...lifetimeOf(flags) }));
    tell(key, record, flags);
    return { action: 'API_KEY_CREATED', id: record.id, record };
  });
}

async function list({ json }: { json?: boolean }): Promise<void> {
  const { keys = [] } = await identityTask({ do: 'keys-list' });
  if (json) return void keys.forEach((key) => process.stdout.write(`${JSON.stringify(key)}\n`));
  const rows = keys.map((key) => [
    key.id,
    key.subject,
    key.roles.join(','),
    key.customerId ?? '',
    stateOf(key),
  ]);
  process.stdout.write(`${table(['id', 'of', 'roles', 'customer', 'state'], rows)}\n`);
}

async function rotate(id: string, flags: RotateFlags): Promise<void> {
  const overlapMs = secondsOf('--overlap', flags.overlap) * 1000;
  await audited(flags.by, async () => {
    const report = await identityTask({ do: 'keys-rotate', id, overlapMs, ...lifetimeOf(flags) });
    const { key, record } = made(report, id);
    tell(key, record, flags);
    return { action: 'API_KEY_ROTATED', id: record.id, record, replaces: id };
  });
}

async function revoke(id: string, { by }: ByFlags): Promise<void> {
  await audited(by, async () => {
    const { isDone } = await identityTask({ do: 'keys-revoke', id });
    if (!isDone) throw unknown(id);
    return { action: 'API_KEY_REVOKED', id };
  });
  process.stdout.write(`${id} counts no more.\n`);
}

function made({ key, record }: IdentityReport, id = ''): { readonly key: string; readonly record: ShownKey } {
  if (key === undefined || record === undefined) throw unknown(id);
  return { key, record };
}

/** Before its line is written: a key that was made and never said would be of no use to anybody. */
function tell(key: string, record: ShownKey, { json }: { readonly json?: boolean }): void {
  if (json) return void process.stdout.write(`${JSON.stringify({ key, ...record })}\n`);
  process.stderr.write(
    `Key ${record.id} of ${record.subject} (${record.roles.join(', ')}); it is said this once:\n`,
  );
  process.stdout.write(`${key}\n`);
}

function lifetimeOf({ lifetime }: { readonly lifetime?: string }): { readonly lifetimeMs?: number } {
  return lifetime === undefined ? {} : { lifetimeMs: secondsOf('--lifetime', lifetime) * 1000 };
}

function stateOf({ revokedAt, expiresAt, replacedBy }: ShownKey): string {
  if (revokedAt !== undefined) return `revoked ${revokedAt}`;
  const until =
    expiresAt === undefined
      ? 'good'
      : `${expiresAt > new Date().toISOString() ? 'until' : 'ended'} ${expiresAt}`;
  return replacedBy === undefined ? until : `${until}, replaced by ${replacedBy}`;
}

function unknown(id: string): PlatformError {
  return new PlatformError('SETTING_INVALID', `There is no key ${id} that could be: see "aika keys list".`);
}
