import { setTimeout as delay } from 'node:timers/promises';

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
}

const TRIES = 3;
const PAUSE_MS = 300;

/** Calls the API as its callers do; tries again where the answer asks for it (429, 503). */
export class HttpCaller {
  /** @param token its login */
  constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  get(path: string): Promise<HttpAnswer> {
    return this.call('GET', path);
  }

  /** @param waitS seconds to wait for the command's outcome */
  post(path: string, body: object, waitS?: number): Promise<HttpAnswer> {
    return this.call('POST', path, body, waitS);
  }

  async call(method: string, path: string, body?: object, waitS?: number): Promise<HttpAnswer> {
    for (let tries = 1; ; tries++) {
      const answer = await this.once(method, path, body, waitS);
      if (![429, 503].includes(answer.status) || tries === TRIES) return answer;
      await delay(PAUSE_MS * tries);
    }
  }

  private async once(method: string, path: string, body?: object, waitS?: number): Promise<HttpAnswer> {
    const response = await fetch(this.url + path, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(waitS === undefined ? {} : { prefer: `wait=${waitS}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '') && text !== '';
    const parsed = isJson ? (JSON.parse(text) as Record<string, unknown>) : {};
    return { status: response.status, headers: response.headers, body: parsed };
  }
}
