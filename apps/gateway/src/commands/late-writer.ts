import { LogError, type MessageLog, type RecordWriter } from '@aika/messaging';

/**
 * The log with writers that are opened at their first record: the gateway starts, and answers reads, while the log is
 * away. What is written meanwhile fails, and the next record tries to open again.
 */
export function withLateWriters(log: MessageLog): MessageLog {
  const createWriter = (): Promise<RecordWriter> => Promise.resolve(new LateWriter(log));
  return new Proxy(log, {
    get(target, name) {
      if (name === 'createWriter') return createWriter;
      const value = Reflect.get(target, name) as unknown;
      // Bound to the log itself: its private fields are not the proxy's.
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

class LateWriter implements RecordWriter {
  private opening: Promise<RecordWriter> | undefined;
  private isClosed = false;

  constructor(private readonly log: MessageLog) {}

  async send(...args: Parameters<RecordWriter['send']>): ReturnType<RecordWriter['send']> {
    return (await this.ready()).send(...args);
  }

  async close(): Promise<void> {
    this.isClosed = true;
    // One that could not be opened has told whoever wrote to it.
    const writer = await this.opening?.catch(() => undefined);
    await writer?.close();
  }

  private ready(): Promise<RecordWriter> {
    if (this.isClosed) return Promise.reject(new LogError('CLOSED', 'the writer is closed', false));
    this.opening ??= this.log.createWriter().catch((error: unknown) => {
      this.opening = undefined;
      throw error;
    });
    return this.opening;
  }
}
