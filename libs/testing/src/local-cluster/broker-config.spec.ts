import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { kafkaFolder } from '../repository.js';
import { newClusterId, renderBrokerProperties } from './broker-config.js';

const nodes = [1, 2, 3].map((id) => ({ id, port: 100 + id, controllerPort: 200 + id }));
const template = readFileSync(join(kafkaFolder(), 'broker.properties'), 'utf8');

const rendered = (id: number): Map<string, string> => {
  const node = nodes.find((candidate) => candidate.id === id) ?? { id, port: 0, controllerPort: 0 };
  const lines = renderBrokerProperties(template, node, nodes, '/data/node').split('\n');
  return new Map(
    lines.filter((line) => line.includes('=')).map((line) => line.split(/=(.*)/s) as [string, string]),
  );
};

describe("a broker's properties", () => {
  it('name the node, all voters and loopback listeners only', () => {
    const properties = rendered(2);
    expect(properties.get('node.id')).toBe('2');
    expect(properties.get('controller.quorum.voters')).toBe(
      '1@127.0.0.1:201,2@127.0.0.1:202,3@127.0.0.1:203',
    );
    expect(properties.get('listeners')).toBe('CLIENT://127.0.0.1:102,CONTROLLER://127.0.0.1:202');
    expect([...properties.values()].join()).not.toContain('${');
  });

  it.each([
    ['default.replication.factor', '3'],
    ['min.insync.replicas', '2'],
    ['transaction.state.log.replication.factor', '3'],
    ['transaction.state.log.min.isr', '2'],
    ['offsets.topic.replication.factor', '3'],
    ['unclean.leader.election.enable', 'false'],
    ['auto.create.topics.enable', 'false'],
  ])('keep %s at %s, so that one dead broker loses nothing', (key, value) => {
    expect(rendered(1).get(key)).toBe(value);
  });

  it('refuse a placeholder that nobody fills', () => {
    const [node] = nodes;
    expect(node && (() => renderBrokerProperties('a=${typo}', node, nodes, '/d'))).toThrow(
      /unknown placeholder/,
    );
  });
});

describe('a new cluster id', () => {
  it('is 16 bytes in base64url that do not begin with a dash', () => {
    for (let i = 0; i < 500; i++) expect(newClusterId()).toMatch(/^[A-Za-z0-9_][A-Za-z0-9_-]{21}$/);
  });
});
