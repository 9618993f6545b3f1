import { describe, expect, it } from '@jest/globals';
import type { JoinOptions, MessageLog } from '../ports/index.js';
import type { DeliverySettings } from './runtime-options.js';
import { useCounterWorld } from './suite/counter-world.js';
import { openInMemory } from './suite/in-memory-setup.js';

describe('the membership of an agent', () => {
  const world = useCounterWorld(() => openInMemory('membership'));

  async function joinOf(settings: Partial<DeliverySettings>): Promise<JoinOptions | undefined> {
    let joined: JoinOptions | undefined;
    const wrap = (log: MessageLog): MessageLog => {
      const joinGroup: MessageLog['joinGroup'] = (options) => {
        joined = options;
        return log.joinGroup(options);
      };
      return Object.assign(Object.create(log) as MessageLog, { joinGroup });
    };
    await world().start('one', { settings, wrap });
    return joined;
  }

  it('is one that others take over at once when it ends', async () => {
    expect(await joinOf({})).not.toHaveProperty('instanceId');
  });

  it('is static under the id of its instance where that is asked for', async () => {
    expect(await joinOf({ membership: 'static' })).toMatchObject({ instanceId: 'one' });
  });
});
