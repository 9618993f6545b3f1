import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { stories, StoryTeller } from '../stories/index.js';
import { World } from './world.js';

jest.setTimeout(180_000);

describe('the five stories, over four agents on three brokers', () => {
  let world: World;
  let teller: StoryTeller;

  beforeAll(async () => {
    world = await World.create();
    const { journal, sender, paymentsUrl } = world;
    teller = new StoryTeller({ journal, sender, paymentsUrl, out: () => undefined, stepTimeoutMs: 60_000 });
  });
  afterAll(() => world.close());

  it.each(stories.map((story) => [story.title, story] as const))('%s', async (_title, story) => {
    const result = await teller.tell(story);
    expect(result.outcome).toBe(story.expected);
    expect(result.messages).toBeGreaterThan(10);
  });
});
