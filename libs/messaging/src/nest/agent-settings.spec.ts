import { describe, expect, it } from '@jest/globals';
import { AgentSettings, loadSettings, SettingsError } from './agent-settings.js';

describe('the settings of an agent', () => {
  it('have defaults that work on one machine', () => {
    const settings = loadSettings(AgentSettings, {}, { httpPort: 3101 });
    expect(settings.brokers).toHaveLength(3);
    expect(settings.namespace).toBe('aika');
    expect(settings.httpPort).toBe(3101);
    expect(settings.instanceId).toMatch(/-3101$/);
  });

  it('are read from the environment', () => {
    const settings = loadSettings(AgentSettings, {
      KAFKA_BROKERS: 'a:1, b:2',
      AIKA_HTTP_PORT: '8080',
      AIKA_INSTANCE_ID: 'risk-7',
      AIKA_BATCH_SIZE: '50',
    });
    expect(settings).toMatchObject({
      brokers: ['a:1', 'b:2'],
      httpPort: 8080,
      instanceId: 'risk-7',
      batchSize: 50,
    });
  });

  it('that are wrong are all listed, once each, with what was expected and what was found', () => {
    const load = () =>
      loadSettings(AgentSettings, {
        KAFKA_BROKERS: 'nowhere',
        AIKA_HTTP_PORT: 'http',
        AIKA_NAMESPACE: 'My Space',
        AIKA_SESSION_TIMEOUT_MS: '5000',
      });
    expect(load).toThrow(SettingsError);
    try {
      load();
    } catch (error) {
      const { faults } = error as SettingsError;
      expect(faults.map((fault) => fault.split(':')[0]).sort()).toEqual([
        'AIKA_HTTP_PORT',
        'AIKA_NAMESPACE',
        'AIKA_TRANSACTION_TIMEOUT_MS',
        'KAFKA_BROKERS',
      ]);
      expect(faults.join()).toContain('found "http"');
    }
  });
});
