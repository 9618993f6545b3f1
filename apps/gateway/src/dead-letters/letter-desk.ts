import { Inject, Injectable } from '@nestjs/common';
import { DeadLetters, type LetterOutcome, type LetterSummary } from '@aika/messaging';
import { GatewaySettings } from '../gateway.settings.js';
import { pageSize, readCursor, writeCursor } from '../http/page.js';
import { ProblemError, rejectViolations } from '../http/problem.js';
import { DEAD_LETTERS } from '../tokens.js';
import type {
  EditOrder,
  LetterAnswer,
  LetterOrder,
  LetterOutcomeAnswer,
  LettersAnswer,
  LettersQuery,
  RedriveOrder,
  WholeLetterAnswer,
} from './letter-answers.js';

/** A place in the list of letters, newest first. */
interface LetterCursor {
  readonly at: string;
  readonly id: string;
}

/** The office of dead letters as HTTP asks it. */
@Injectable()
export class LetterDesk {
  constructor(
    @Inject(DEAD_LETTERS) private readonly letters: DeadLetters,
    private readonly settings: GatewaySettings,
  ) {}

  async list(query: LettersQuery): Promise<LettersAnswer> {
    const { agent, type, customer, status, code, topic, since, until } = query;
    const filter = {
      agentId: agent,
      messageType: type,
      customerId: customer,
      status,
      code,
      topic,
      since,
      until,
    };
    const pages = `dead letters ${JSON.stringify(filter)}`;
    const after = readCursor(pages, query.cursor, isLetterCursor);
    const { letters, matching } = await this.letters.list(given(filter));
    const begin = after ? letters.findIndex((letter) => letter.id === after.id || letter.at < after.at) : 0;
    const from = begin < 0 ? letters.length : letters[begin]?.id === after?.id ? begin + 1 : begin;
    const page = letters.slice(from, from + pageSize(query, this.settings.maxPageSize));
    const last = page.at(-1);
    const isMore = last !== undefined && from + page.length < letters.length;
    return {
      letters: page.map(answerOf),
      matching,
      ...(isMore ? { next: writeCursor(pages, { at: last.at, id: last.id }) } : {}),
    };
  }

  /** @throws ProblemError `not-found` */
  async show(id: string): Promise<WholeLetterAnswer> {
    const found = await this.letters.get(id);
    if (!found) throw missing();
    const { key, body, headers, causes, ...rest } = found.letter;
    const texts = Object.entries(headers).map(([name, value]) => [name, value.toString()] as const);
    return {
      ...answerOf(rest),
      causes: causes as unknown as WholeLetterAnswer['causes'],
      ...(key === null ? {} : { key: key.toString() }),
      body: body.toString(),
      headers: Object.fromEntries(texts),
      returnedAs: found.returnedAs,
    };
  }

  async redrive(
    id: string,
    { by, reason, dryRun = false, force }: RedriveOrder,
  ): Promise<LetterOutcomeAnswer> {
    const [outcome] = await this.letters.redrive([id], { by, reason, dryRun, force });
    return done(outcome, dryRun);
  }

  async edit(
    id: string,
    { by, reason, dryRun = false, force, message }: EditOrder,
  ): Promise<LetterOutcomeAnswer> {
    return done(await this.letters.edit(id, JSON.stringify(message), { by, reason, dryRun, force }), dryRun);
  }

  async drop(id: string, { by, reason, dryRun = false }: LetterOrder): Promise<LetterOutcomeAnswer> {
    const [outcome] = await this.letters.drop([id], { by, reason, dryRun });
    return done(outcome, dryRun);
  }
}

/** @throws ProblemError `not-found`; `conflict` when it was dealt with before; `invalid-request` for a message that breaks its contract */
function done(outcome: LetterOutcome | undefined, dryRun: boolean): LetterOutcomeAnswer {
  switch (outcome?.kind) {
    case 'sent': {
      const { id, kind, newMessageId, topic, partition } = outcome;
      return { id, kind, dryRun, newMessageId, topic, partition };
    }
    case 'dropped':
      return { id: outcome.id, kind: outcome.kind, dryRun };
    case 'already': {
      const { action, by, at } = outcome.resolution;
      const detail = `The letter was dealt with before: ${action} by ${by} at ${at}.`;
      throw new ProblemError('conflict', detail, {
        code: 'already_resolved',
        resolution: outcome.resolution,
      });
    }
    case 'refused':
      rejectViolations(outcome.violations);
      throw new ProblemError('conflict', outcome.detail, { code: outcome.code });
    case 'not-found':
    case undefined:
      throw missing();
    default:
      return outcome satisfies never;
  }
}

function missing(): ProblemError {
  return new ProblemError('not-found', 'There is no such letter, or several begin with these characters.');
}

function answerOf({ position: _position, ...letter }: LetterSummary): LetterAnswer {
  return letter;
}

/** What the filter names; its other fields would count as given. */
function given<T extends object>(filter: T): T {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as T;
}

function isLetterCursor(value: unknown): value is LetterCursor {
  const { at, id } = (value ?? {}) as Partial<LetterCursor>;
  return typeof at === 'string' && typeof id === 'string';
}
