import { setTimeout as delay } from 'node:timers/promises';
import { readServerSentEvents } from '@aika/gateway-client';

/** Where an event stands on the log; topic without its namespace. */
export interface SeenEvent {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
}

/** What the gateway said is not kept any more. */
export interface SeenGap {
  readonly topic: string;
  readonly partition: number;
  readonly from: number;
  readonly until: number;
}

const SILENT_MS = 8_000;
const PAUSE_MS = 200;

/** A reader of the live stream who comes again wherever it can, with the id of the last event that it has. */
export class StreamReader {
  readonly seen: SeenEvent[] = [];
  readonly gaps: SeenGap[] = [];
  /** Connections after the first. */
  reconnects = 0;
  /** Of the last whole event; empty = from the present on. */
  private lastEventId = '';
  private readonly stopping = new AbortController();
  private readonly standing = Promise.withResolvers<void>();
  private running: Promise<void> | undefined;
  private connection = new AbortController();
  private isPaused = false;

  constructor(
    private readonly urls: readonly string[],
    private readonly types: readonly string[],
  ) {}

  /** Resolves when the stream stands: what happens from now on has to come. */
  async start(): Promise<void> {
    this.running = this.run();
    await this.standing.promise;
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  /** Goes away, until `comeBack`. */
  pause(): void {
    this.isPaused = true;
    this.connection.abort();
  }

  /** @param forgetful without the id of the last event, as a careless client does */
  comeBack({ forgetful = false } = {}): void {
    if (forgetful) this.lastEventId = '';
    this.isPaused = false;
  }

  private async run(): Promise<void> {
    for (let turn = 0; !this.stopping.signal.aborted; turn++) {
      if (!this.isPaused) {
        if (turn > 0) this.reconnects++;
        await this.read(this.urls[turn % this.urls.length] as string).catch(() => undefined);
      }
      await delay(PAUSE_MS, undefined, { signal: this.stopping.signal }).catch(() => undefined);
    }
  }

  private async read(url: string): Promise<void> {
    this.connection = new AbortController();
    // A gateway that is frozen keeps its connections: who hears not even a heartbeat goes elsewhere.
    const silence = setTimeout(() => this.connection.abort(), SILENT_MS);
    const { lastEventId } = this;
    try {
      const response = await fetch(`${url}/v1/stream?type=${this.types.join(',')}`, {
        headers: lastEventId === '' ? {} : { 'last-event-id': lastEventId },
        signal: AbortSignal.any([this.stopping.signal, this.connection.signal]),
      });
      if (!response.ok || response.body === null) return;
      const texts = heard(response.body.pipeThrough(new TextDecoderStream()), () => silence.refresh());
      for await (const { id, type, data } of readServerSentEvents(texts)) {
        if (data !== undefined) this.note(type, data);
        this.lastEventId = id ?? this.lastEventId;
        if (this.lastEventId !== '') this.standing.resolve();
      }
    } finally {
      clearTimeout(silence);
    }
  }

  private note(type: string | undefined, data: string): void {
    const value = JSON.parse(data) as SeenEvent & SeenGap;
    const { topic, partition, offset, from, until } = value;
    if (type === 'gap') this.gaps.push({ topic, partition, from, until });
    else this.seen.push({ topic, partition, offset });
  }
}

/** Calls back for each piece, heartbeats too. */
async function* heard(texts: AsyncIterable<string>, onPiece: () => void): AsyncGenerator<string, void> {
  for await (const text of texts) {
    onPiece();
    yield text;
  }
}
