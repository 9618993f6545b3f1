import { join, resolve } from 'node:path';
import { repositoryRoot } from '@aika/testing';

/** Where processes that the command line starts leave what they write. */
export interface RunFolder {
  readonly logDir: string;
  /** The payment sandbox's ledger. */
  readonly paymentsDatabase: string;
  /** Local copies of the agents' state. */
  readonly stateDir: string;
  /** Key of this machine's logins. */
  readonly identityDir: string;
  /** Keys that this machine makes for personal data. */
  readonly personalDataDir: string;
  /** Key of the audit trail's seals, and what stands for their second place on one machine. */
  readonly audit: { readonly keyFile: string; readonly sealsDir: string };
}

/** `AIKA_RUN_DIR`, by default `.aika` of this clone. */
export function runFolder(env: NodeJS.ProcessEnv = process.env): RunFolder {
  const home = resolve(repositoryRoot(), env['AIKA_RUN_DIR'] || '.aika');
  return {
    logDir: join(home, 'logs'),
    paymentsDatabase: join(home, 'payments.sqlite'),
    stateDir: join(home, 'state'),
    identityDir: join(home, 'identity'),
    personalDataDir: join(home, 'personal-data'),
    audit: { keyFile: join(home, 'audit', 'key.pem'), sealsDir: join(home, 'audit', 'seals') },
  };
}
