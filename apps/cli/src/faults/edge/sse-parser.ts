export interface ServerSentEvent {
  /** `message` where the stream names none. */
  readonly type: string;
  readonly data: string;
}

/** Reads a stream of server-sent events as the HTML standard says; what is cut off at its end is dropped. */
export class SseParser {
  /** Of the last whole block; what a reader hands back to go on. */
  lastEventId = '';
  private rest = '';
  private id = '';
  private type = '';
  private data: string[] = [];

  /** @returns the events that are whole now */
  take(chunk: string): readonly ServerSentEvent[] {
    const lines = (this.rest + chunk).split('\n');
    this.rest = lines.pop() ?? '';
    return lines.flatMap((line) => this.line(line));
  }

  /** A new connection: what was not whole comes again. */
  reset(): void {
    this.rest = '';
    this.id = this.lastEventId;
    this.type = '';
    this.data = [];
  }

  private line(line: string): readonly ServerSentEvent[] {
    if (line === '') return this.dispatch();
    const [, name, value = ''] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
    if (name === 'id') this.id = value;
    if (name === 'event') this.type = value;
    if (name === 'data') this.data.push(value);
    return [];
  }

  private dispatch(): readonly ServerSentEvent[] {
    this.lastEventId = this.id;
    const event = { type: this.type || 'message', data: this.data.join('\n') };
    const isEvent = this.data.length > 0;
    this.type = '';
    this.data = [];
    return isEvent ? [event] : [];
  }
}
