/** One block of a stream of server-sent events; a block without data moves the position only. */
export interface ServerSentEvent {
  readonly id?: string;
  readonly type?: string;
  readonly data?: string;
  /** Milliseconds to wait before the next connection. */
  readonly retry?: number;
}

/**
 * Blocks of the text as they are complete, whatever pieces it comes in. What stands after the last empty line is
 * dropped, as the format demands: it may be half of an event.
 */
export async function* readServerSentEvents(
  texts: AsyncIterable<string>,
): AsyncGenerator<ServerSentEvent, void, undefined> {
  let rest = '';
  for await (const text of texts) {
    const blocks = `${rest}${text}`.split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) yield readBlock(block);
  }
}

function readBlock(block: string): ServerSentEvent {
  const fields = new Map<string, string[]>();
  for (const line of block.split('\n')) {
    // A comment, such as a heartbeat, has no name.
    const [, name, value = ''] = /^([^:]+):? ?(.*)$/.exec(line) ?? [];
    if (name !== undefined) fields.set(name, [...(fields.get(name) ?? []), value]);
  }
  const last = (name: string): string | undefined => fields.get(name)?.at(-1);
  const [id, type, retry] = [last('id'), last('event'), last('retry')];
  const data = fields.get('data')?.join('\n');
  return {
    ...(id === undefined ? {} : { id }),
    ...(type === undefined ? {} : { type }),
    ...(data === undefined ? {} : { data }),
    ...(retry !== undefined && /^\d+$/.test(retry) ? { retry: Number(retry) } : {}),
  };
}
