import { CUSTOMER_AGENT } from '../agents.js';
import type { Catalogue } from '../catalogue.js';
import type { Envelope } from '../envelope.js';
import type { Files } from './published-schemas.js';
import { versionName, versionsOf } from './published-schemas.js';

/**
 * A message of every version as it is first sent. They are written once and then kept for ever: what a
 * version looked like when it was published stays readable, whatever the classes become.
 */
export function goldenFiles(catalogue: Catalogue): Files {
  const messages = catalogue.all().flatMap((definition) =>
    versionsOf(definition).map(({ version, example }) => {
      const golden: Envelope<object> = {
        messageId: `msg-golden-${definition.type.toLowerCase().replaceAll('_', '-')}-${version}`,
        timestamp: '2026-06-15T08:05:00.000Z',
        sourceAgentId:
          definition.kind === 'command' || definition.owner === 'any' ? CUSTOMER_AGENT : definition.owner,
        targetAgentId: definition.topic.startsWith('agent.') ? definition.owner : null,
        messageType: definition.type,
        priority: 'NORMAL',
        schemaVersion: version,
        payload: example,
        metadata: {
          conversationId: 'conv-1001-1',
          sessionId: 'ses-1',
          traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
        },
      };
      return [
        `${versionName(definition.type, version)}.json`,
        `${JSON.stringify(golden, null, 2)}\n`,
      ] as const;
    }),
  );
  return new Map(messages);
}
