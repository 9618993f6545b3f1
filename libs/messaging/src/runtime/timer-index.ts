import TinyQueue from 'tinyqueue';

interface Due {
  readonly dueAt: number;
  readonly key: string;
}

/** Timers by due time. A moved or cancelled timer stays in the queue and is passed over when its turn comes. */
export class TimerIndex {
  private readonly queue = new TinyQueue<Due>([], (a, b) => a.dueAt - b.dueAt);
  private readonly current = new Map<string, number>();

  get size(): number {
    return this.current.size;
  }

  set(key: string, dueAt: number): void {
    this.current.set(key, dueAt);
    this.queue.push({ dueAt, key });
  }

  delete(key: string): void {
    this.current.delete(key);
  }

  /** Due time of the next timer in milliseconds since 1970 UTC. */
  next(): number | undefined {
    this.dropStale();
    return this.queue.peek()?.dueAt;
  }

  /** Keys due at `now`, earliest first, at most `limit`. They stay until `delete` confirms them. */
  due(now: number, limit: number): readonly string[] {
    const found: Due[] = [];
    for (
      let next = this.next();
      next !== undefined && next <= now && found.length < limit;
      next = this.next()
    ) {
      found.push(this.queue.pop() as Due);
    }
    for (const entry of found) this.queue.push(entry);
    return [...new Set(found.map((entry) => entry.key))];
  }

  private dropStale(): void {
    for (let head = this.queue.peek(); head; head = this.queue.peek()) {
      if (this.current.get(head.key) === head.dueAt) return;
      this.queue.pop();
    }
  }
}
