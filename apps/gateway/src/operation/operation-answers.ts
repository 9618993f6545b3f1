import { fields } from '@aika/contracts';
import { TopicAnswer } from '../topics/topic-answers.js';

class ParkedEntryAnswer {
  @fields.Text()
  readonly customerId!: string;
  @fields.Time()
  readonly since!: string;
  @fields.Time()
  readonly nextTry!: string;
  @fields.Int({ min: 0 })
  readonly attempts!: number;
  @fields.Int({ min: 0 })
  readonly waiting!: number;
  @fields.Text({ max: 1000 })
  readonly code!: string;
  @fields.Text({ min: 0, max: 10_000 })
  readonly reason!: string;
}

class ParkedAnswer {
  @fields.Int({ min: 0 })
  readonly keys!: number;
  @fields.Int({ min: 0 })
  readonly messages!: number;
  @fields.ListOf(() => ParkedEntryAnswer)
  readonly oldest!: readonly ParkedEntryAnswer[];
}

/** What an instance of an agent said of itself last; one that was killed could not take it back. */
export class AgentAnswer {
  @fields.Text()
  readonly agentId!: string;
  @fields.Text()
  readonly instanceId!: string;
  @fields.TextList()
  readonly handles!: readonly string[];
  @fields.TextList()
  readonly emits!: readonly string[];
  @fields.IntList()
  readonly partitions!: readonly number[];
  @fields.Int()
  readonly generation!: number;
  @fields.Time()
  readonly at!: string;
  @fields.Nested(() => ParkedAnswer, { optional: true })
  readonly parked?: ParkedAnswer;
}

export class AgentsAnswer {
  @fields.ListOf(() => AgentAnswer)
  readonly agents!: readonly AgentAnswer[];
}

class ProcessAnswer {
  @fields.Text()
  readonly instanceId!: string;
  @fields.Time()
  readonly startedAt!: string;
  @fields.Int({ min: 0, description: 'Live streams of this gateway.' })
  readonly streams!: number;
}

export class StatsAnswer {
  @fields.Nested(() => ProcessAnswer)
  readonly gateway!: ProcessAnswer;
  @fields.ListOf(() => TopicAnswer)
  readonly topics!: readonly TopicAnswer[];
}
