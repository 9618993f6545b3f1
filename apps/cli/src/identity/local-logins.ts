import { join } from 'node:path';
import { type LoginRequest, type Role, ROLES } from '@aika/contracts';
import { PlatformError } from '@aika/testing';
import { isProduction } from '../processes/is-production.js';
import { writeWhole } from '../processes/owner-files.js';
import { runFolder } from '../processes/run-folder.js';
import { identityTask } from './identity-process.js';

/** The customer of the login that is printed at the first start. */
export const DEMO_CUSTOMER = 'cust-demo';
const PRINTED_LIFETIME_SECONDS = 30 * 24 * 3_600;

/** This machine's key, and what a gateway needs to know of it. */
export interface LocalIdentity {
  /** For the gateway's environment. */
  readonly env: Readonly<Record<string, string>>;
  /** The key was made now: say the logins, once. */
  readonly isNew: boolean;
  readonly logins: readonly LocalLogin[];
  /** Who tells the stories over HTTP, and the printed lines for `curl`. */
  readonly storyTeller: ToldLogin;
}

/** A login for lines that are printed: the token itself stands in a file. */
export interface ToldLogin {
  readonly token: string;
  /** Flag of `curl` that has it, with a blank after it: a header in a file that its owner alone reads. */
  readonly curlFlag: string;
}

export interface LocalLogin {
  readonly role: Role;
  readonly subject: string;
  readonly customerId?: string;
  readonly token: string;
}

/** How the gateway of `npm start` logs callers in when `AIKA_AUTH` does not say. */
const AUTH_OF_START = 'local';
/** Acts for customers, and decides as the stories say. */
const STORY_TELLER = { subject: 'jo.adjuster', roles: ['adjuster'] } as const;

/** The identity of a gateway that is started here; undefined where it is to ask nobody. @throws PlatformError */
export async function startIdentity(
  env: NodeJS.ProcessEnv = process.env,
): Promise<LocalIdentity | undefined> {
  const auth = env['AIKA_AUTH'] || AUTH_OF_START;
  return auth === 'local' ? prepareLocalIdentity(env) : undefined;
}

/** Where this machine's key is: readable by its owner alone, and never in the repository. */
export function identityDir(env: NodeJS.ProcessEnv = process.env): string {
  return env['AIKA_IDENTITY_DIR'] || runFolder(env).identityDir;
}

/**
 * Makes this machine's key, unless there is one, and a login for each role.
 *
 * @throws PlatformError `SETTING_INVALID` where the environment is production, which has an issuer of its own
 */
export async function prepareLocalIdentity(env: NodeJS.ProcessEnv = process.env): Promise<LocalIdentity> {
  if (isProduction(env)) {
    throw new PlatformError(
      'SETTING_INVALID',
      'This is production (AIKA_ENVIRONMENT, or else NODE_ENV): logins come from your issuer (AIKA_AUTH=jwt), not from a key of this machine.',
    );
  }
  const dir = identityDir(env);
  const storyTeller = { ...STORY_TELLER, lifetimeSeconds: PRINTED_LIFETIME_SECONDS };
  const logins = [...ROLES.map(loginOf), storyTeller];
  const { isNew = false, tokens = [] } = await identityTask({ do: 'prepare', dir, logins });
  return {
    env: { AIKA_AUTH: 'local', AIKA_IDENTITY_DIR: dir },
    isNew,
    logins: ROLES.map((role, n) => {
      const { subject, customerId } = loginOf(role);
      return { role, subject, ...(customerId === undefined ? {} : { customerId }), token: tokens[n] ?? '' };
    }),
    storyTeller: toldLogin(dir, tokens.at(-1) ?? ''),
  };
}

function toldLogin(dir: string, token: string): ToldLogin {
  const file = join(dir, 'curl-header');
  writeWhole(file, `authorization: Bearer ${token}\n`);
  return { token, curlFlag: `-H '@${file.replaceAll("'", "'\\''")}' ` };
}

/** @throws PlatformError `IDENTITY_TASK_FAILED` where there is no key yet */
export async function localToken(login: LoginRequest, env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const { tokens = [] } = await identityTask({ do: 'tokens', dir: identityDir(env), logins: [login] });
  return tokens[0] ?? '';
}

/** What the first start says. */
export function printoutOf({ logins }: LocalIdentity): string {
  const lines = logins.map(
    ({ role, subject, customerId, token }) =>
      `  ${role} (${subject}${customerId === undefined ? '' : `, customer ${customerId}`})\n    ${token}`,
  );
  return [
    'Logins of this machine, said once and good for 30 days; "npx aika token --role <role>" makes others:',
    ...lines,
    'A request shows one as "authorization: Bearer <login>".',
  ].join('\n');
}

function loginOf(role: Role): LoginRequest {
  const base = { subject: `local.${role}`, roles: [role], lifetimeSeconds: PRINTED_LIFETIME_SECONDS };
  return role === 'customer' ? { ...base, customerId: DEMO_CUSTOMER } : base;
}
