import { randomUUID } from 'node:crypto';
import { AuditRecorded, type AuditRecordedPayload, NO_CUSTOMER, type ShownKey } from '@aika/contracts';
import { whileConnected } from '../commands/connection.js';

/** What was done to an API key. */
export interface KeyChange {
  readonly action: 'API_KEY_CREATED' | 'API_KEY_ROTATED' | 'API_KEY_REVOKED';
  /** The key that was made or taken back. */
  readonly id: string;
  /** Of a key that was made. */
  readonly record?: ShownKey;
  /** The key in whose place it was made. */
  readonly replaces?: string;
}

/** The line of the audit trail; it holds no secret. */
export function keyLine(
  { action, id, record, replaces }: KeyChange,
  by: string,
  at: string,
): AuditRecordedPayload {
  const details = {
    ...(record && { subject: record.subject, roles: record.roles.join(',') }),
    ...(record?.expiresAt !== undefined && { expiresAt: record.expiresAt }),
    ...(replaces !== undefined && { replaces }),
  };
  return {
    ...{ customerId: record?.customerId ?? NO_CUSTOMER, action, kind: 'configuration', actor: by, at },
    ...{ messageId: `req-${randomUUID()}`, object: `api-key ${id}` },
    ...(Object.keys(details).length === 0 ? {} : { details }),
  };
}

/**
 * Changes API keys, and leaves a line in the audit trail. The brokers have to answer before anything is changed.
 *
 * @param change says what it did
 * @throws PlatformError `CLUSTER_NOT_RUNNING`, and what `change` throws
 */
export async function audited<T extends KeyChange>(by: string, change: () => Promise<T>): Promise<T> {
  return whileConnected(async (connection) => {
    const sender = await connection.sender();
    const done = await change();
    await sender.send(AuditRecorded, keyLine(done, by, new Date().toISOString()));
    return done;
  });
}
