import { fields } from '@aika/contracts';
import { PageAnswer } from '../http/page.js';

const { Int, ListOf, Text, Time } = fields;

/** A customer whose messages wait behind one that fails. */
export class ParkedKeyAnswer {
  @Text({ max: 400, description: 'Agent, instance and customer.' })
  readonly parkedKeyId!: string;
  @Text()
  readonly agentId!: string;
  @Text()
  readonly instanceId!: string;
  @Text()
  readonly customerId!: string;
  @Time()
  readonly since!: string;
  @Time()
  readonly nextTry!: string;
  @Int({ min: 0, description: 'Failed tries of the first message.' })
  readonly attempts!: number;
  @Int({ min: 0, description: 'Messages that wait, the failing one included.' })
  readonly waiting!: number;
  @Text({ max: 1000 })
  readonly code!: string;
  @Text({ min: 0, max: 10_000 })
  readonly reason!: string;
}

export class ParkedKeysPage extends PageAnswer {
  @ListOf(() => ParkedKeyAnswer)
  readonly items!: readonly ParkedKeyAnswer[];
}
