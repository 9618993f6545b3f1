import type { PartitionOffsets, TopicPartition, TopicPartitionOffset } from '../ports/index.js';

type Position = 'start' | 'end' | 'stable-end';

/** Offsets at a position, one for each partition. */
type List<Of> = (of: Of, position: Position) => Promise<readonly TopicPartitionOffset[]>;

interface Question extends PromiseWithResolvers<PartitionOffsets> {
  readonly at: TopicPartition;
}

/**
 * Questions of how far partitions reach that come in one turn of the event loop, asked together: a broker answers for
 * all that it leads at once, where each alone would be three requests.
 */
export class JointQuestions {
  private waiting: Question[] = [];

  /**
   * @param together asks for many, once
   * @param alone asks for one, as often as it takes
   */
  constructor(
    private readonly together: List<readonly TopicPartition[]>,
    private readonly alone: List<TopicPartition>,
  ) {}

  ask(at: TopicPartition): Promise<PartitionOffsets> {
    const question = { at, ...Promise.withResolvers<PartitionOffsets>() };
    this.waiting.push(question);
    if (this.waiting.length === 1) queueMicrotask(() => void this.askAll(this.waiting.splice(0)));
    return question.promise;
  }

  /** Who cannot be told of now must not keep the others waiting: each is asked for by itself then. */
  private async askAll(questions: readonly Question[]): Promise<void> {
    try {
      const partitions = [...new Map(questions.map(({ at }) => [keyOf(at), at])).values()];
      const reaches = await reachesOf((position) => this.together(partitions, position));
      for (const { at, resolve } of questions) resolve(reaches(at));
    } catch {
      for (const { at, resolve } of questions) {
        resolve(reachesOf((position) => this.alone(at, position)).then((reaches) => reaches(at)));
      }
    }
  }
}

async function reachesOf(
  list: (position: Position) => Promise<readonly TopicPartitionOffset[]>,
): Promise<(at: TopicPartition) => PartitionOffsets> {
  const [starts, ends, stableEnds] = await Promise.all(
    (['start', 'end', 'stable-end'] as const).map(async (position) => {
      const found = await list(position);
      return new Map(found.map((each) => [keyOf(each), each.offset]));
    }),
  );
  return (at) => {
    const [start, end, stableEnd] = [starts, ends, stableEnds].map((offsets) => offsets!.get(keyOf(at))!);
    return { start: start!, end: end!, stableEnd: stableEnd! };
  };
}

function keyOf({ topic, partition }: TopicPartition): string {
  return `${topic}/${partition}`;
}
