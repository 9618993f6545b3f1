import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { FileClaim, HEADER, POLICY_AGENT } from '@aika/contracts';
import { AGENT_NAMES } from '../replay/agent-to-replay.js';
import { KafkaTransport, stories, StoryTeller } from '../stories/index.js';
import { deleteNamespace, eventsOf, forgeOutput, recordsOf, reportIn, settledEnds } from './replay-runs.js';
import { aika } from './run-aika.js';
import { World } from './world.js';

jest.setTimeout(180_000);

describe('the five stories, over four agents on three brokers', () => {
  let world: World;
  let teller: StoryTeller;

  beforeAll(async () => {
    world = await World.create();
    const { journal, sender, paymentsUrl } = world;
    const transport = new KafkaTransport({ journal, sender, stepTimeoutMs: 60_000 });
    teller = new StoryTeller({ transport, paymentsUrl, out: () => undefined });
  });
  afterAll(() => world.close());

  it.each(stories.map((story) => [story.title, story] as const))('%s', async (_title, story) => {
    const result = await teller.tell(story);
    expect(result.outcome).toBe(story.expected);
    expect(result.messages).toBeGreaterThan(10);
  });

  it('come out the same when every agent replays them, which leaves no trace', async () => {
    const before = await settledEnds(world);
    const namespace = `${world.namespace}-again`;
    const writing = ['--namespace', namespace, '--environment', 'test'];
    const results = await Promise.all(
      AGENT_NAMES.map((agent) => {
        return aika(world, ['replay', agent, '--json', ...(agent === 'policy' ? writing : [])]);
      }),
    );
    const reports = results.map(reportIn);
    expect(reports.flatMap(({ differences }) => differences)).toEqual([]);
    expect(results.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
    for (const { compared } of reports) expect(compared.outputs.same).toBeGreaterThan(5);
    const claims = reports[AGENT_NAMES.indexOf('claims')];
    expect(claims?.compared.effects.same).toBeGreaterThan(1);
    expect(claims?.partitions.some(({ effects }) => effects > 0)).toBe(true);
    const [live, made] = await Promise.all(
      [world.namespace, namespace].map((space) => eventsOf(world, POLICY_AGENT, space)),
    );
    expect(made?.length).toBeGreaterThan(5);
    expect(made).toEqual(live);
    expect(await settledEnds(world)).toEqual(before);
    await deleteNamespace(world, namespace);
  });

  it('do not when the record holds an output that nothing makes, and are refused where there is no history', async () => {
    const commands = await recordsOf(world, world.namespace, 'commands');
    const filed = commands.find(({ headers }) => headers[HEADER.type]?.toString() === FileClaim.type);
    const [messageId, customerId] = [String(filed?.headers[HEADER.messageId]), String(filed?.key)];
    await forgeOutput(world, messageId, customerId);
    const [forged, nobody] = await Promise.all([
      aika(world, ['replay', 'claims', '--customer', customerId]),
      aika(world, ['replay', 'claims', '--from', 'msg-of-nobody']),
    ]);
    expect(forged.out).toMatch(/^missing +outputs: CLAIM_LOST +msg-forged-/m);
    expect(forged.code).toBe(1);
    expect(nobody).toMatchObject({ code: 2, out: '' });
    expect(nobody.err).toMatch(/^msg-of-nobody is not in this agent's history/);
  });
});
