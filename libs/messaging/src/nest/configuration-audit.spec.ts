import { describe, expect, it } from '@jest/globals';
import { catalogue, readMessage } from '@aika/contracts';
import { MessageSender } from '../client/index.js';
import { createInMemoryBroker } from '../in-memory/index.js';
import { LogError } from '../ports/index.js';
import { silentLogger } from '../runtime/runtime-logger.js';
import { AgentSettings, loadSettings, SecretSetting, settingsWithoutSecrets } from './agent-settings.js';
import { auditConfiguration, configurationLine } from './configuration-audit.js';

class ShopSettings extends AgentSettings {
  @SecretSetting()
  shopCode = '';
  databaseUrl = 'postgres://me:hunter2@db/shop';
  webhookSecrets = ['hunter2'];
  rate = 3;
}

const settings = loadSettings(ShopSettings, { AIKA_SHOP_CODE: 'hunter2', AIKA_INSTANCE_ID: 'shop-1' });

describe('the configuration in the audit trail', () => {
  it('names every setting by its variable, and no secret: marked, by its name, or within an address', () => {
    const shown = settingsWithoutSecrets(settings);
    expect(shown).toMatchObject({ AIKA_RATE: '3', AIKA_NAMESPACE: 'aika', AIKA_SHOP_CODE: '(secret)' });
    expect(JSON.stringify(shown)).not.toContain('hunter2');
  });

  it('is one valid line about no customer, the same for the same settings', async () => {
    const log = createInMemoryBroker({ topics: { 'aika.audit': 2 } }).connect('shop');
    const sender = await MessageSender.create({ log, catalogue, namespace: 'aika', sourceAgentId: 'shop' });
    let failures = 0;
    const away = (): Promise<MessageSender> => {
      if (failures++ === 0) throw new LogError('CLOSED', 'away', false);
      return Promise.resolve(sender);
    };
    const audit = { settings, actor: 'shop', sender: away, logger: silentLogger };
    // The first time nobody can write it, and the process goes on.
    await auditConfiguration(audit);
    await auditConfiguration(audit);
    const lines = [];
    for (const partition of [0, 1]) {
      const { end } = await log.offsets({ topic: 'aika.audit', partition });
      for await (const records of log.read({ topic: 'aika.audit', partition }, { from: 0, until: end }))
        lines.push(...records);
    }
    const read = readMessage(lines[0]!.value!, { catalogue, receivedAt: new Date().toISOString() });
    expect(lines).toHaveLength(1);
    expect(read).toMatchObject({
      ok: true,
      envelope: {
        payload: { action: 'CONFIGURED', kind: 'configuration', customerId: 'none', object: 'shop-1' },
      },
    });
    const id = (given: ShopSettings) => configurationLine(given, 'shop', '2026-03-02T09:00:00Z').messageId;
    expect(read.ok && read.envelope.messageId).toBe(id(settings));
    expect(id(Object.assign(new ShopSettings(), settings, { rate: 4 }))).not.toBe(id(settings));
  });
});
