import {
  ensureSigningKey,
  openSealStore,
  type PartitionReport,
  publicKeyFileOf,
  readTrustedKeys,
  searchTrail,
  verifyTrail,
} from '@aika/audit';
import { topicOf } from '@aika/contracts';
import type { Command } from 'commander';
import { whileConnected } from '../commands/connection.js';
import { reportFailure } from '../platform/report-failure.js';
import { partitionOf, type SearchFlags, searchOf, type VerifyFlags } from './audit-flags.js';
import { auditPlaces } from './audit-places.js';
import { searchReport, verifyReport } from './audit-report.js';

/** Beside 0 (as it was sealed) and 1 (it is not): it could not be verified. */
const NOT_VERIFIED = 2;

/** `aika audit verify|search|key`: the trail of who did what. */
export function registerAudit(program: Command): void {
  const audit = program.command('audit').description('the audit trail: verify its seals, search it');
  audit
    .command('verify')
    .description('hold the trail against its seals; exit code 1 where they differ, 2 where it cannot be told')
    .option('--partition <n>', 'only this one')
    .option('--keys <file>', 'public keys that are trusted; default AIKA_AUDIT_KEYS')
    .option('--store <address>', 'the second place; default AIKA_AUDIT_STORE')
    .option('--no-second-place', 'hold the seals of the topic against themselves only')
    .option('--json', 'one JSON object a partition')
    .action((flags: VerifyFlags) => verify(flags));
  audit
    .command('search')
    .description('the newest lines that match, oldest first')
    .option('--customer <id>', 'customer')
    .option('--actor <name>', 'who did it: a person, an agent, a process')
    .option('--action <name>', 'message type, or what was done, such as DEAD_LETTER_DROPPED')
    .option(
      '--kind <kind>',
      'command, decision, approval, redrive, control, configuration, login, reading, privacy',
    )
    .option('--object <id>', 'claim, policy, quote, instance, address')
    .option('--from <time>', 'recorded since then: RFC 3339, or ago: 90s, 30m, 2h, 7d')
    .option('--to <time>', 'recorded before then')
    .option('--limit <n>', 'the newest so many', '100')
    .option('--json', 'one JSON object a line')
    .action((flags: SearchFlags) => reportFailure(() => search(flags)));
  audit
    .command('key')
    .description('make a key for seals where there is none, and say where its public half stands')
    .option('--out <file>', 'file of the private key; default AIKA_AUDIT_KEY_FILE')
    .action((flags: { readonly out?: string }) => reportFailure(async () => makeKey(flags.out)));
}

async function verify(flags: VerifyFlags): Promise<void> {
  let isDone = false;
  await reportFailure(async () => {
    const partition = partitionOf(flags.partition);
    const places = auditPlaces();
    const keys = readTrustedKeys(flags.keys ?? places.keysFile);
    const store = flags.secondPlace ? openSealStore(flags.store ?? places.store) : undefined;
    await whileConnected(async ({ log, namespace }) => {
      const topic = topicOf(namespace, 'audit');
      const reports: PartitionReport[] = [];
      for await (const report of verifyTrail({ log, topic, store, keys, clock: Date.now, partition })) {
        reports.push(report);
        if (flags.json) process.stdout.write(`${JSON.stringify(report)}\n`);
      }
      if (!flags.json) process.stdout.write(verifyReport(reports, store !== undefined));
      if (reports.some(({ findings }) => findings.length > 0)) process.exitCode = 1;
    }).finally(() => store?.close());
    isDone = true;
  });
  if (!isDone) process.exitCode = NOT_VERIFIED;
}

async function search(flags: SearchFlags): Promise<void> {
  const { filter, limit } = searchOf(flags, Date.now());
  await whileConnected(async ({ log, namespace, catalogue }) => {
    const lines = await searchTrail({ log, topic: topicOf(namespace, 'audit'), catalogue, filter, limit });
    const asJson = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    process.stdout.write(flags.json ? asJson : searchReport(lines));
  });
}

function makeKey(out: string = auditPlaces().keyFile): void {
  const { id } = ensureSigningKey(out);
  process.stdout.write(`key ${id}\nprivate ${out}\npublic ${publicKeyFileOf(out)}\n`);
}
