import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { AuditRecorded, type AuditRecordedPayload, NO_CUSTOMER } from '@aika/contracts';
import { LogError } from '../ports/index.js';
import type { RuntimeLogger } from '../runtime/index.js';
import type { MessageSender } from '../client/message-sender.js';
import { type AgentSettings, settingsWithoutSecrets } from './agent-settings.js';

/** What stands in `action` of the line. */
export const CONFIGURED = 'CONFIGURED';

const TRIES = 20;
const PAUSE_MS = 3_000;

/**
 * The line of a process that begins with these settings. Ids derive from process and settings: who restarts with the
 * same ones says the same again, and a change shows as another id.
 * @param actor the agent's id, or the name of the process
 * @param at RFC 3339 UTC
 */
export function configurationLine(
  settings: AgentSettings,
  actor: string,
  at: string,
): { readonly line: AuditRecordedPayload; readonly messageId: string } {
  const details = settingsWithoutSecrets(settings);
  const text = JSON.stringify([actor, settings.instanceId, details]);
  const digest = createHash('sha256').update(text).digest('hex');
  const line: AuditRecordedPayload = {
    ...{ customerId: NO_CUSTOMER, action: CONFIGURED, kind: 'configuration', actor, at, details },
    messageId: `msg-${digest.slice(0, 32)}`,
    object: settings.instanceId,
  };
  return { line, messageId: `msg-${digest.slice(32)}` };
}

/** Who sends, and where it is told when nothing can be sent. */
export interface ConfigurationAudit {
  readonly settings: AgentSettings;
  readonly actor: string;
  readonly sender: () => Promise<Pick<MessageSender, 'send'>>;
  readonly logger: RuntimeLogger;
}

/** Writes the line; while the log is away it tries again for a minute. The process runs all the same. */
export async function auditConfiguration({
  settings,
  actor,
  sender,
  logger,
}: ConfigurationAudit): Promise<void> {
  const { line, messageId } = configurationLine(settings, actor, new Date().toISOString());
  for (let tries = 1; ; tries += 1) {
    try {
      await (await sender()).send(AuditRecorded, line, { messageId });
      return;
    } catch (error) {
      const { code, name } = error as { readonly code?: unknown; readonly name?: unknown };
      const isPassing = error instanceof LogError && error.retriable && tries < TRIES;
      if (!isPassing) {
        logger.error('the configuration is not in the audit trail', { reason: String(code ?? name) });
        return;
      }
      await sleep(PAUSE_MS, undefined, { ref: false });
    }
  }
}
