import { randomUUID } from 'node:crypto';
import { AuditRecorded, type AuditRecordedPayload, NO_CUSTOMER, READ_PERSONAL_DATA } from '@aika/contracts';
import type { Command } from 'commander';
import type { Connection } from '../commands/connection.js';

export interface ByFlags {
  readonly by: string;
}

/** Asks who does it. */
export function withBy(command: Command): Command {
  return command.option('--by <name>', 'who, for the audit trail', process.env['USER'] || 'aika-cli');
}

/** What is about to be told of people. */
export interface TerminalReading extends ByFlags {
  /** The command, such as `person export`. */
  readonly operation: string;
  /** Absent where it is not one customer's. */
  readonly customerId?: string | undefined;
  /** The letter, the agent that was asked for. */
  readonly object?: string | undefined;
}

/** The line of the audit trail about it. */
export function readingLine(
  { by, operation, customerId = NO_CUSTOMER, object }: TerminalReading,
  at: string,
): AuditRecordedPayload {
  return {
    ...{ customerId, action: READ_PERSONAL_DATA, kind: 'reading', actor: by, at },
    ...{ messageId: `req-${randomUUID()}`, details: { operation: `aika ${operation}` } },
    ...(object === undefined ? {} : { object }),
  };
}

/** Notes it. Nothing personal is told before: a trail that cannot be written is a reading that does not happen. */
export async function noteReading(
  connection: Pick<Connection, 'sender'>,
  reading: TerminalReading,
): Promise<void> {
  const sender = await connection.sender();
  await sender.send(AuditRecorded, readingLine(reading, new Date().toISOString()));
}
