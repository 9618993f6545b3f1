import { GiveUpParked, RetryParked } from '@aika/contracts';
import { readAgentCards } from '@aika/messaging';
import type { Command } from 'commander';
import { type ByFlags, withBy } from '../audit/acting.js';
import { type Connection, whileConnected } from '../commands/connection.js';
import { reportFailure } from '../platform/report-failure.js';
import { agentOf, parkedReport, parkedRows } from './parked-keys.js';

interface ControlFlags extends ByFlags {
  readonly agent?: string;
  readonly reason: string;
}

/** `aika parked list|retry|give-up`: customers whose messages wait behind one that fails. */
export function registerParked(program: Command): void {
  const parked = program
    .command('parked')
    .description('customers whose messages wait because the first of them fails');
  parked
    .command('list')
    .description('who waits, for how long, and why')
    .option('--json', 'one JSON object per line')
    .action((flags: { readonly json?: boolean }) =>
      reportFailure(() => whileConnected((c) => list(c, flags))),
    );
  for (const [name, definition, description] of [
    ['retry', RetryParked, 'try a customer’s messages, and effects that gave up, again now'],
    ['give-up', GiveUpParked, 'send the first message to the dead letters; the others go on'],
  ] as const) {
    withBy(parked.command(name))
      .description(description)
      .argument('<customerId>', 'customer, as "aika parked list" shows it')
      .option('--agent <agentId>', 'agent at which it is parked; found by itself when there is one')
      .option('--reason <text>', 'why, for the audit trail', 'by hand')
      .action((customerId: string, flags: ControlFlags) =>
        reportFailure(() => whileConnected((c) => control(c, definition, customerId, flags))),
      );
  }
}

async function list({ log, namespace }: Connection, { json }: { readonly json?: boolean }): Promise<void> {
  const rows = parkedRows(await readAgentCards(log, namespace));
  const text = json ? rows.map((row) => JSON.stringify(row)).join('\n') : parkedReport(rows, Date.now());
  if (text !== '') process.stdout.write(`${text}\n`);
}

async function control(
  connection: Connection,
  definition: typeof RetryParked | typeof GiveUpParked,
  customerId: string,
  { agent, reason, by }: ControlFlags,
): Promise<void> {
  const { log, namespace } = connection;
  const targetAgentId = agent ?? agentOf(parkedRows(await readAgentCards(log, namespace)), customerId);
  const sender = await connection.sender();
  const messageId = await sender.send(
    definition,
    { customerId, reason },
    { targetAgentId, metadata: { actor: by } },
  );
  process.stdout.write(`${definition.type} for ${customerId} sent to ${targetAgentId} as ${messageId}\n`);
}
