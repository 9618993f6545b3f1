import { EnvelopeContract, fields, type Envelope } from '@aika/contracts';

class CommandLinks {
  @fields.Text({ max: 300, description: 'What the command brings into being or changes.' })
  readonly resource!: string;
  @fields.Text({ max: 300, description: "The customer's messages, live." })
  readonly stream!: string;
  @fields.Text({ max: 1000, description: 'What became of the command; waits until the views know of it.' })
  readonly status!: string;
}

/** The command is durable; agents carry it out in the customer's order. */
export class CommandAccepted {
  @fields.Id({ description: 'What follows from the command names it as its cause or correlation.' })
  readonly messageId!: string;
  @fields.Text({ max: 100 })
  readonly messageType!: string;
  @fields.Id()
  readonly customerId!: string;
  @fields.Time()
  readonly sentAt!: string;
  @fields.Nested(() => CommandLinks)
  readonly links!: CommandLinks;
}

/** The command was carried out: what came of it. */
export class CommandCarriedOut extends CommandAccepted {
  @fields.Nested(() => EnvelopeContract, { description: 'The event that is the outcome.' })
  readonly outcome!: Envelope<object>;
}
