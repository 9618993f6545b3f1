import { EnvelopeContract, fields, type Envelope } from '@aika/contracts';
import { PageAnswer, PageQuery } from '../http/page.js';

export class PartitionAnswer {
  @fields.Int({ min: 0 })
  readonly partition!: number;
  @fields.Int({ min: 0, description: 'First offset that is kept.' })
  readonly start!: number;
  @fields.Int({ min: 0, description: 'Offset after the last record that is committed.' })
  readonly end!: number;
}

export class TopicAnswer {
  @fields.Text({ description: 'Without the namespace.' })
  readonly name!: string;
  @fields.ListOf(() => PartitionAnswer)
  readonly partitions!: readonly PartitionAnswer[];
}

export class TopicsAnswer {
  @fields.ListOf(() => TopicAnswer)
  readonly topics!: readonly TopicAnswer[];
}

export class TopicParams {
  @fields.Id({ description: 'Name without the namespace, such as `events` or `agent.claims.high`.' })
  readonly topic!: string;
}

export const READ_FROM = ['start', 'end'] as const;

export class RecordsQuery extends PageQuery {
  @fields.OneOf(READ_FROM, {
    optional: true,
    description: 'Where a read without cursor begins: the oldest kept record, or what comes from now on.',
  })
  readonly from?: (typeof READ_FROM)[number];
}

export class RecordAnswer {
  @fields.Int({ min: 0 })
  readonly partition!: number;
  @fields.Int({ min: 0 })
  readonly offset!: number;
  @fields.Time({ description: "The record's timestamp." })
  readonly timestamp!: string;
  @fields.Text({ optional: true, min: 0, max: 100_000 })
  readonly key?: string;
  @fields.StringMap()
  readonly headers!: Readonly<Record<string, string>>;
  @fields.Nested(() => EnvelopeContract, { optional: true, description: 'Where the record is a message.' })
  readonly message?: Envelope<object>;
  @fields.Text({
    optional: true,
    min: 0,
    max: 10_000_000,
    description: 'Where it is none; absent of a tombstone.',
  })
  readonly value?: string;
}

export class RecordsAnswer extends PageAnswer {
  @fields.ListOf(() => RecordAnswer, { description: 'In order within a partition; over partitions by time.' })
  readonly records!: readonly RecordAnswer[];
}

export class ProducedAnswer {
  @fields.Id()
  readonly messageId!: string;
  @fields.Text()
  readonly topic!: string;
  @fields.Int({ min: 0 })
  readonly partition!: number;
  @fields.Int({ min: -1, description: '-1 where an earlier try had been written.' })
  readonly offset!: number;
}
