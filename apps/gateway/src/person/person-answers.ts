import { fields } from '@aika/contracts';

export class KeptMessageAnswer {
  @fields.Text({ description: 'With the namespace. Dead letters stand in that of the dead letters.' })
  readonly topic!: string;
  @fields.Int({ min: 0 })
  readonly partition!: number;
  @fields.Int({ min: 0 })
  readonly offset!: number;
  @fields.Time({ description: 'The time of the record.' })
  readonly at!: string;
  @fields.AnyObject({ optional: true, description: 'Where the record is a message.' })
  readonly message?: object;
  @fields.Text({ optional: true, min: 0, max: 10_000_000, description: 'Where it is none.' })
  readonly text?: string;
}

export class KeptStateAnswer {
  @fields.Text({ description: 'The agent that keeps it.' })
  readonly agent!: string;
  @fields.Text({ description: 'What it is: `store`, `timer`, `effect` or `parked`.' })
  readonly kind!: string;
  @fields.Text({ max: 1000 })
  readonly key!: string;
  @fields.AnyObject()
  readonly value!: object;
}

/** Everything about a customer that the log still holds, and what agents keep. */
export class PersonAnswer {
  @fields.Id()
  readonly customerId!: string;
  @fields.Time()
  readonly exportedAt!: string;
  @fields.ListOf(() => KeptMessageAnswer, { description: 'In order within a topic.' })
  readonly messages!: readonly KeptMessageAnswer[];
  @fields.ListOf(() => KeptStateAnswer)
  readonly state!: readonly KeptStateAnswer[];
}
