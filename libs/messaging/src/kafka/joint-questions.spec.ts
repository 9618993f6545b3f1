import { describe, expect, it } from '@jest/globals';
import type { TopicPartition } from '../ports/index.js';
import { JointQuestions } from './joint-questions.js';

const OFFSETS = { start: 1, 'stable-end': 5, end: 7 } as const;

class Brokers {
  readonly asked: string[] = [];
  missing: string | undefined;

  readonly list = (partitions: readonly TopicPartition[], position: keyof typeof OFFSETS) => {
    this.asked.push(`${position} ${partitions.map(({ topic, partition }) => `${topic}${partition}`).join()}`);
    return partitions.some(({ topic }) => topic === this.missing)
      ? Promise.reject(new Error('unknown'))
      : Promise.resolve(partitions.map((at) => ({ ...at, offset: OFFSETS[position] + at.partition })));
  };

  readonly alone = (at: TopicPartition, position: keyof typeof OFFSETS) => this.list([at], position);
}

describe('questions of how far partitions reach', () => {
  it('that come together are asked together, each partition once', async () => {
    const brokers = new Brokers();
    const questions = new JointQuestions(brokers.list, brokers.alone);
    const answers = await Promise.all([0, 1, 0].map((partition) => questions.ask({ topic: 'a', partition })));
    expect(answers).toEqual([
      { start: 1, end: 7, stableEnd: 5 },
      { start: 2, end: 8, stableEnd: 6 },
      { start: 1, end: 7, stableEnd: 5 },
    ]);
    expect(brokers.asked).toEqual(['start a0,a1', 'end a0,a1', 'stable-end a0,a1']);
  });

  it('that come later are asked anew: an answer under way does not know what was written since', async () => {
    const brokers = new Brokers();
    const questions = new JointQuestions(brokers.list, brokers.alone);
    const first = questions.ask({ topic: 'a', partition: 0 });
    await Promise.resolve();
    await Promise.all([first, questions.ask({ topic: 'a', partition: 0 })]);
    expect(brokers.asked).toHaveLength(6);
  });

  it('of what is not there take the answer from nobody else', async () => {
    const brokers = new Brokers();
    brokers.missing = 'b';
    const questions = new JointQuestions(brokers.list, brokers.alone);
    const [good, bad] = await Promise.allSettled(
      ['a', 'b'].map((topic) => questions.ask({ topic, partition: 0 })),
    );
    expect([good?.status, bad?.status]).toEqual(['fulfilled', 'rejected']);
  });
});
