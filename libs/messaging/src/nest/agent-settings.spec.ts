import { describe, expect, it } from '@jest/globals';
import { DEFAULT_TUNING, kafkaOptionsOf } from '../kafka/kafka-options.js';
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
      AIKA_HTTP_ADDRESS: '127.0.0.1',
      AIKA_INSTANCE_ID: 'risk-7',
      AIKA_BATCH_SIZE: '50',
      AIKA_STAGE_TOPICS: 'decision, settlement',
    });
    expect(settings).toMatchObject({
      brokers: ['a:1', 'b:2'],
      httpPort: 8080,
      httpAddress: '127.0.0.1',
      instanceId: 'risk-7',
      batchSize: 50,
      stageTopics: ['decision', 'settlement'],
    });
  });

  it('of personal data belong together, and none of them is shown when it is wrong', () => {
    const masterKey = Buffer.alloc(32, 7).toString('base64');
    const on = { AIKA_PERSONAL_DATA: 'on', AIKA_KEY_STORE: 'file:keys', AIKA_MASTER_KEY: masterKey };
    expect(loadSettings(AgentSettings, on)).toMatchObject({
      personalData: 'on',
      keyStore: 'file:keys',
      masterKey,
    });
    const faultsOf = (env: Record<string, string>): string => {
      try {
        loadSettings(AgentSettings, { ...on, ...env });
        return '';
      } catch (error) {
        return String(error);
      }
    };
    expect(faultsOf({ AIKA_KEY_STORE: '', AIKA_MASTER_KEY: '' })).toMatch(
      /AIKA_KEY_STORE[^]*AIKA_MASTER_KEY/,
    );
    expect(faultsOf({ AIKA_STATE_DIR: '/data' })).toBe('');
    const wrong = faultsOf({ AIKA_MASTER_KEY: 'c2VjcmV0', AIKA_KEY_STORE: 'mysql://me:secret@host/db' });
    expect(wrong).toMatch(/AIKA_KEY_STORE[^]*AIKA_MASTER_KEY/);
    for (const secret of ['c2VjcmV0', 'me:secret']) expect(wrong).not.toContain(secret);
    expect(loadSettings(AgentSettings, { AIKA_STATE_DIR: '/data' }).personalData).toBe('off');
  });

  it('of the log are the ones that its adapter takes', () => {
    const settings = loadSettings(AgentSettings, {
      AIKA_COMPRESSION: 'gzip',
      AIKA_LINGER_MS: '5',
      AIKA_MAX_BATCH_BYTES: '100000',
      AIKA_FETCH_MAX_BYTES: '2000000',
      AIKA_FETCH_MAX_BYTES_PER_PARTITION: '200000',
      AIKA_FETCH_WAIT_MS: '100',
      AIKA_MAX_BUFFERED_BYTES: '4000000',
      AIKA_INSTANCE_ID: 'risk-7',
    });
    expect(kafkaOptionsOf(settings)).toEqual({
      brokers: settings.brokers,
      clientId: 'risk-7',
      compression: 'gzip',
      lingerMs: 5,
      maxBatchBytes: 100_000,
      fetchMaxBytes: 2_000_000,
      fetchMaxBytesPerPartition: 200_000,
      fetchWaitMs: 100,
      maxBufferedBytes: 4_000_000,
    });
    const byDefault = kafkaOptionsOf(loadSettings(AgentSettings, {}));
    expect(byDefault).toMatchObject({ ...DEFAULT_TUNING });
    expect(() => loadSettings(AgentSettings, { AIKA_COMPRESSION: 'lz4' })).toThrow(
      /AIKA_COMPRESSION: expected one of/,
    );
  });

  it('that are wrong are all listed, once each, with what was expected and what was found', () => {
    const load = () =>
      loadSettings(AgentSettings, {
        KAFKA_BROKERS: 'nowhere',
        AIKA_HTTP_PORT: 'http',
        AIKA_HTTP_ADDRESS: 'localhost:80',
        AIKA_NAMESPACE: 'My Space',
        AIKA_TRANSACTION_TIMEOUT_MS: '5000',
      });
    expect(load).toThrow(SettingsError);
    try {
      load();
    } catch (error) {
      const { faults } = error as SettingsError;
      expect(faults.map((fault) => fault.split(':')[0]).sort()).toEqual([
        'AIKA_HTTP_ADDRESS',
        'AIKA_HTTP_PORT',
        'AIKA_NAMESPACE',
        'AIKA_TRANSACTION_TIMEOUT_MS',
        'KAFKA_BROKERS',
      ]);
      expect(faults.join()).toContain('found "http"');
    }
  });
});
