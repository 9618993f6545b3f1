import { fields } from '@aika/contracts';
import { LETTER_ACTIONS, LETTER_STATUSES, type LetterAction, type LetterStatus } from '@aika/messaging';
import { PageAnswer, PageQuery } from '../http/page.js';

export class LettersQuery extends PageQuery {
  @fields.OneOf(LETTER_STATUSES, { optional: true })
  readonly status?: LetterStatus;
  @fields.Text({ optional: true, max: 100, description: 'The agent that gave it up.' })
  readonly agent?: string;
  @fields.Text({ optional: true, max: 100, description: 'Why, such as INVALID_PAYLOAD.' })
  readonly code?: string;
  @fields.Text({ optional: true, max: 100 })
  readonly type?: string;
  @fields.Id({ optional: true })
  readonly customer?: string;
  @fields.Text({
    optional: true,
    max: 100,
    description: 'Topic that the record came from, without namespace.',
  })
  readonly topic?: string;
  @fields.Time({ optional: true, description: 'Given up at or after it.' })
  readonly since?: string;
  @fields.Time({ optional: true, description: 'Given up before it.' })
  readonly until?: string;
}

export class LetterParams {
  @fields.Text({
    min: 8,
    max: 100,
    pattern: /^[A-Za-z0-9._:-]+$/,
    description: 'Or its first characters, 8 or more.',
  })
  readonly letterId!: string;
}

class OriginAnswer {
  @fields.Text({ description: 'Full name.' })
  readonly topic!: string;
  @fields.Int()
  readonly partition!: number;
  @fields.Int()
  readonly offset!: number;
}

class ResolutionAnswer {
  @fields.OneOf(LETTER_ACTIONS)
  readonly action!: LetterAction;
  @fields.Text()
  readonly by!: string;
  @fields.Time()
  readonly at!: string;
  @fields.Text({ optional: true, min: 0, max: 1000 })
  readonly reason?: string;
  @fields.Text({ optional: true })
  readonly newMessageId?: string;
}

/** A dead letter without its body. */
export class LetterAnswer {
  @fields.Text()
  readonly id!: string;
  @fields.OneOf(LETTER_STATUSES)
  readonly status!: LetterStatus;
  @fields.Nested(() => ResolutionAnswer, { optional: true })
  readonly resolution?: ResolutionAnswer;
  @fields.Text({ max: 1000 })
  readonly code!: string;
  @fields.Text()
  readonly agentId!: string;
  @fields.Text({ optional: true })
  readonly messageType?: string;
  @fields.Text({ optional: true })
  readonly customerId?: string;
  @fields.Text()
  readonly messageId!: string;
  @fields.Nested(() => OriginAnswer)
  readonly origin!: OriginAnswer;
  @fields.Int({ min: 0 })
  readonly attempts!: number;
  @fields.Time({ description: 'When it was given up.' })
  readonly at!: string;
  @fields.Time()
  readonly recordedAt!: string;
  @fields.Text({ optional: true, description: 'The letter that this one was before it was redriven.' })
  readonly redriveOf?: string;
  @fields.Int({ min: 0, description: 'Length of the body.' })
  readonly bytes!: number;
}

export class LettersAnswer extends PageAnswer {
  @fields.ListOf(() => LetterAnswer, { description: 'Newest first.' })
  readonly letters!: readonly LetterAnswer[];
  @fields.Int({ min: 0, description: 'How many match, on all pages.' })
  readonly matching!: number;
}

class CauseAnswer {
  @fields.Text({ optional: true, min: 0, max: 1000 })
  readonly name?: string;
  @fields.Text({ optional: true, min: 0, max: 1000 })
  readonly code?: string;
  @fields.Text({ optional: true, min: 0, max: 100_000 })
  readonly message?: string;
}

/** A dead letter with all that is kept of it. */
export class WholeLetterAnswer extends LetterAnswer {
  @fields.ListOf(() => CauseAnswer, { description: 'Outermost first.' })
  readonly causes!: readonly CauseAnswer[];
  @fields.Text({ optional: true, min: 0, max: 100_000 })
  readonly key?: string;
  @fields.Text({ min: 0, max: 10_000_000, description: 'The record that died, as text.' })
  readonly body!: string;
  @fields.StringMap()
  readonly headers!: Readonly<Record<string, string>>;
  @fields.TextList({ description: 'Letters that it came back as.' })
  readonly returnedAs!: readonly string[];
}

/** Who does it and why: both go into the audit trail. */
export class LetterOrder {
  @fields.Text({ max: 100, description: 'With logins: who asks, whatever is said here.' })
  readonly by!: string;
  @fields.Text({ max: 500, description: 'No personal data.' })
  readonly reason!: string;
  @fields.Flag({ default: false, description: 'Tell what would be done, and do nothing.' })
  readonly dryRun?: boolean;
}

export class RedriveOrder extends LetterOrder {
  @fields.Flag({ default: false, description: 'Send what breaks its contract too.' })
  readonly force?: boolean;
}

export class EditOrder extends RedriveOrder {
  @fields.AnyObject({ description: 'The whole message as it is to be sent.' })
  readonly message!: object;
}

/** What became of the letter. */
export class LetterOutcomeAnswer {
  @fields.Text()
  readonly id!: string;
  @fields.OneOf(['sent', 'dropped'])
  readonly kind!: 'sent' | 'dropped';
  @fields.Flag()
  readonly dryRun!: boolean;
  @fields.Text({ optional: true })
  readonly newMessageId?: string;
  @fields.Text({ optional: true, description: 'Full name of the topic that it was sent to.' })
  readonly topic?: string;
  @fields.Int({ optional: true, min: 0 })
  readonly partition?: number;
}
