/**
 * What was read not longer ago than `maxAgeMs`, milliseconds; otherwise it is read anew. Who asks while it is being read
 * waits for the same answer. A failure is told to all of them and not kept.
 */
export class Recent<T> {
  private answer: Promise<T> | undefined;
  private readAt = -Infinity;

  constructor(
    private readonly read: () => Promise<T>,
    private readonly maxAgeMs: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** @throws what the reading throws */
  get(): Promise<T> {
    if (this.answer !== undefined && this.now() - this.readAt < this.maxAgeMs) return this.answer;
    const answer = this.read();
    this.answer = answer;
    // Dated by its beginning: what happens while it is being read may be missing in it.
    this.readAt = this.now();
    answer.catch(() => {
      if (this.answer === answer) this.answer = undefined;
    });
    return answer;
  }
}
