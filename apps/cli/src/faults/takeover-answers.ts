/** One question that was answered. Times of one clock, milliseconds. */
export interface Answer {
  readonly partition: number;
  readonly askedAt: number;
  readonly answeredAt: number;
}

/** When questions were asked on each partition, and when they were answered. */
export class AnswerTimes {
  private readonly open = new Map<string, { readonly partition: number; readonly askedAt: number }>();
  private readonly answers: Answer[] = [];

  /** Questions without an answer so far. */
  get openCount(): number {
    return this.open.size;
  }

  asked(id: string, partition: number, at: number): void {
    this.open.set(id, { partition, askedAt: at });
  }

  /** A question that nobody asked here, or that is answered already, changes nothing. */
  answered(id: string, at: number): void {
    const question = this.open.get(id);
    if (!question) return;
    this.open.delete(id);
    this.answers.push({ ...question, answeredAt: at });
  }

  /**
   * The first answer on each partition to a question that was asked at `since` or later. Answers to older ones
   * do not count: whoever was killed may have given them.
   */
  firstSince(since: number): ReadonlyMap<number, Answer> {
    const first = new Map<number, Answer>();
    for (const answer of this.answers) {
      if (answer.askedAt < since) continue;
      const known = first.get(answer.partition);
      if (!known || answer.answeredAt < known.answeredAt) first.set(answer.partition, answer);
    }
    return first;
  }

  /** Forgets answers to questions from before `since`, so that a long measurement stays small. */
  forgetBefore(since: number): void {
    const kept = this.answers.filter(({ askedAt }) => askedAt >= since);
    this.answers.splice(0, this.answers.length, ...kept);
  }
}

/** What an agent's log says of the last partitions that it restored. */
export interface Restored {
  readonly gained: readonly number[];
  /** Keys of the gained partitions. */
  readonly keys: number;
  /** How long it took, milliseconds. */
  readonly ms: number;
  /** When it was done, milliseconds since 1970 UTC. */
  readonly timestamp: number;
}

/** The last assignment in an agent's log (JSON lines) that gave it partitions; undefined without one. */
export function lastRestored(log: string): Restored | undefined {
  for (const line of log.split('\n').reverse()) {
    if (!line.startsWith('{') || !line.includes('partitions assigned')) continue;
    const { gained, keys, ms, timestamp } = JSON.parse(line) as Restored;
    if (gained.length > 0) return { gained, keys, ms, timestamp };
  }
  return undefined;
}
