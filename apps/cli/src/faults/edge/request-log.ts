import type { Priority } from '@aika/contracts';

/** What a caller wants, once, however often it has to ask. Its conversation is nobody else's. */
export interface Wish {
  /** `Idempotency-Key`. */
  readonly key: string;
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly customerId: string;
  readonly conversationId: string;
  readonly priority: Priority;
  /** Seconds of `Prefer: wait`; undefined = without. */
  readonly waits: number | undefined;
  /** Asked for at every gateway at once, as impatient callers do. */
  readonly isHedged: boolean;
  /** Type of the command that the request becomes, and of the event that is its outcome. */
  readonly command: string;
  readonly outcome: string;
}

/** One request for a wish, and what was heard of it. */
export interface Attempt {
  /** Undefined when the connection ended, or the answer did not come in time. */
  readonly status: number | undefined;
  /** As an acceptance names it. */
  readonly messageId?: string;
  /** Id of the event that an answer with an outcome carries. */
  readonly outcomeId?: string;
  /** `aika-position` of the answer. */
  readonly position?: string;
}

export interface RequestRecord {
  readonly wish: Wish;
  readonly attempts: readonly Attempt[];
}

/** Writes down every request and every answer, as it happens. */
export class RequestLog {
  private readonly written = new Map<string, { readonly wish: Wish; readonly attempts: Attempt[] }>();

  /** One for each key. */
  get records(): readonly RequestRecord[] {
    return [...this.written.values()];
  }

  /** @returns what writes an attempt down */
  begin(wish: Wish): (attempt: Attempt) => void {
    const record = this.written.get(wish.key) ?? { wish, attempts: [] };
    this.written.set(wish.key, record);
    return (attempt) => record.attempts.push(attempt);
  }
}

/** The gateway has said that it took the command: from here on it must not be lost. */
export function isAcceptance({ status }: Attempt): boolean {
  return status !== undefined && status >= 200 && status < 300;
}

/** Nobody knows whether it was done, or it could not be: to be asked again under the same key. */
export function isToRepeat({ status }: Attempt): boolean {
  return status === undefined || status >= 500 || status === 429;
}

/** Ids that acceptances have named; one, if all is well. */
export function idsTold({ attempts }: RequestRecord): readonly string[] {
  return [...new Set(attempts.filter(isAcceptance).flatMap(({ messageId }) => messageId ?? []))];
}
