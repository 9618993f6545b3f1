import { describe, expect, it } from '@jest/globals';
import { catalogue, STAGES, topicOf } from '@aika/contracts';
import { loadTopics, parseTopicsFile, readTopicsFile } from './topics-file.js';

const AGENTS = ['risk', 'policy', 'claims', 'customer'];
const byName = (environment: string, namespace?: string) =>
  new Map(loadTopics({ environment, namespace }).map((topic) => [topic.name, topic]));

describe('the topics file', () => {
  it('declares every topic of the system', () => {
    expect([...byName('laptop').keys()].sort()).toEqual(
      [
        ...['aika.commands', 'aika.events', 'aika.notifications', 'aika.dlq', 'aika.agents'],
        ...['aika.audit', 'aika.audit.seals'],
        ...AGENTS.map((agent) => `aika.agent.${agent}`),
        ...AGENTS.map((agent) => `aika.state.${agent}`),
        // What agents read has a lane for what is urgent.
        ...['aika.commands.high', 'aika.events.high'],
        ...AGENTS.map((agent) => `aika.agent.${agent}.high`),
      ].sort(),
    );
  });

  it('declares a topic with both lanes for each stage that has its own, like that of the events', () => {
    const topics = loadTopics({ environment: 'laptop', namespace: 'ns', stageTopics: ['decision'] });
    const byStage = topics.filter(({ name }) => name.startsWith('ns.stage.'));
    const events = topics.find(({ name }) => name === 'ns.events');
    expect(byStage).toEqual(
      ['ns.stage.decision', 'ns.stage.decision.high'].map((name) => ({ ...events, name })),
    );
  });

  it('declares every topic on which the catalogue puts a message', () => {
    for (const stageTopics of [[], STAGES]) {
      const declared = loadTopics({ environment: 'laptop', stageTopics }).map(({ name }) => name);
      const needed = catalogue.withStageTopics(stageTopics).messageTopics();
      expect(declared).toEqual(expect.arrayContaining(needed.map((name) => topicOf('aika', name))));
    }
  });

  it.each([
    ['laptop', 4],
    ['test', 4],
    ['production', 24],
  ])('gives every topic keyed by customer the one partition count of %s', (environment, count) => {
    const topics = [...byName(environment).values()].filter(({ name }) => name !== 'aika.agents');
    expect(new Set(topics.map(({ partitions }) => partitions))).toEqual(new Set([count]));
    expect(byName(environment).get('aika.agents')?.partitions).toBe(1);
  });

  it.each(['laptop', 'test', 'production'])('survives one dead broker in %s', (environment) => {
    for (const { replicationFactor, config } of byName(environment).values()) {
      expect(replicationFactor).toBe(3);
      expect(config['min.insync.replicas']).toBe('2');
    }
  });

  it.each([
    ['aika.events', '-1', 'delete'],
    ['aika.audit', '-1', 'delete'],
    ['aika.audit.seals', '-1', 'delete'],
    ['aika.commands', String(7 * 86_400_000), 'delete'],
    ['aika.agent.claims', String(7 * 86_400_000), 'delete'],
    ['aika.dlq', String(30 * 86_400_000), 'delete'],
    ['aika.state.claims', '-1', 'compact'],
    ['aika.agents', '-1', 'compact'],
  ])('keeps %s for %s ms with policy %s', (name, retention, policy) => {
    const config = byName('laptop').get(name)?.config;
    expect(config?.['retention.ms']).toBe(retention);
    expect(config?.['cleanup.policy']).toBe(policy);
  });

  it('keeps what was overwritten in a state topic for an hour, for replays that begin in the middle', () => {
    for (const { name, config } of loadTopics({ environment: 'production' })) {
      const isState = name.startsWith('aika.state.');
      expect(config['min.compaction.lag.ms']).toBe(isState ? '3600000' : undefined);
    }
  });

  it('has the broker unpack what stock clients may send, because the agents cannot read every compression', () => {
    for (const name of ['aika.commands', 'aika.events', ...AGENTS.map((agent) => `aika.agent.${agent}`)]) {
      expect(byName('laptop').get(name)?.config['compression.type']).toBe('uncompressed');
    }
  });

  it('dates every record by the brokers, so that a wrong clock of a sender does no harm', () => {
    for (const { config } of loadTopics({ environment: 'laptop' })) {
      expect(config['message.timestamp.type']).toBe('LogAppendTime');
    }
  });

  it('puts a namespace in place of the leading aika', () => {
    expect([...byName('test', 't42').keys()].every((name) => name.startsWith('t42.'))).toBe(true);
    expect(byName('test', 't42').has('t42.state.claims')).toBe(true);
  });

  it('refuses an environment that it does not have, and lists those it has', () => {
    expect(() => loadTopics({ environment: 'moon' })).toThrow(
      /no environment "moon"; there are laptop, test, production/,
    );
  });
});

describe('a topics file that is wrong', () => {
  const good = readTopicsFile();
  const [first] = good.topics;
  const withTopic = (change: object) => ({ ...good, topics: [{ ...first, ...change }] });

  it.each([
    ['a misspelt field', { retentoin: '7d' }, /"retentoin" is not known/],
    ['a missing purpose', { purpose: '' }, /"purpose" is missing or wrong/],
    ['a name without a namespace', { name: 'aika.commands' }, /"name" is missing or wrong/],
    ['a lane that is neither there nor not', { highLane: 'yes' }, /"highLane" is missing or wrong/],
    ['no partitions', { partitions: 0 }, /"partitions" is missing or wrong/],
    ['a retention without a unit', { retention: '7' }, /"retention" is missing or wrong/],
    ['a compaction lag without a unit', { compactionLag: '3600' }, /"compactionLag" is missing or wrong/],
    ['an unknown clean-up', { cleanup: 'shred' }, /"cleanup" is missing or wrong/],
    [
      'a compression that the agents cannot read',
      { compression: 'zstd' },
      /"compression" is missing or wrong/,
    ],
  ])('is refused for %s', (_what, change, message) => {
    expect(() => parseTopicsFile(withTopic(change))).toThrow(message);
  });

  it('is refused for a topic that is declared twice', () => {
    expect(() => parseTopicsFile({ ...good, topics: [first, first] })).toThrow(/declared twice/);
  });

  it('is refused when one dead broker would stop every write', () => {
    const size = { keyedPartitions: 4, replicationFactor: 3, minInsyncReplicas: 3 };
    expect(() => parseTopicsFile({ ...good, environments: { laptop: size } })).toThrow(/one dead broker/);
  });

  it('is refused when it is empty', () => {
    expect(() => parseTopicsFile({})).toThrow(/"environments" is missing/);
    expect(() => parseTopicsFile(null)).toThrow(/"topics" is missing/);
  });
});
