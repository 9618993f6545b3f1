import { setTimeout as delay } from 'node:timers/promises';

const EVERY_MS = 100;
const ANSWER_WITHIN_MS = 10_000;
const ANSWERED_WITHIN_MS = 60_000;

interface CustomersView {
  readonly customerId: string;
}

/** Reads claims while everything fails, and notes what a reader must never see. */
export class ViewReader {
  readonly findings: string[] = [];
  /** Answers of the views. */
  reads = 0;
  /** Of them those that were asked for with a position. */
  ownWrites = 0;
  private readonly watched = new Map<string, number>();
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();
  private turn = 0;

  constructor(private readonly urls: readonly string[]) {}

  start(): void {
    this.running = this.run();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  /** A claim that comes to be: once seen it stays, and never goes back. */
  watch(claimId: string): void {
    if (!this.watched.has(claimId)) this.watched.set(claimId, 0);
  }

  /**
   * Reads what was just written, with the position of its answer. Whenever the gateway answers, it is there; while it
   * cannot answer it is asked again.
   *
   * @param path such as `/v1/claims/clm-1`
   */
  async readOwnWrite(path: string, customerId: string, position: string): Promise<void> {
    const deadline = performance.now() + ANSWERED_WITHIN_MS;
    while (performance.now() < deadline) {
      const { status, view } = await this.read(path, { 'aika-position': position });
      if (status === 200) {
        this.ownWrites++;
        if (view?.customerId !== customerId) this.findings.push(`${path} was read as another's`);
        return;
      }
      if (status === 404) {
        this.findings.push(`${path} was not there for whom its position was told`);
        return;
      }
      await delay(EVERY_MS);
    }
    this.findings.push(`${path} could not be read with its position within ${ANSWERED_WITHIN_MS / 1000} s`);
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      for (const claimId of [...this.watched.keys()]) {
        if (signal.aborted) return;
        await this.look(claimId);
      }
      await delay(EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  private async look(claimId: string): Promise<void> {
    const before = this.watched.get(claimId) ?? 0;
    const { status, revision } = await this.read(`/v1/claims/${claimId}`, {});
    if (status === 404 && before > 0) this.findings.push(`${claimId} was there and is gone`);
    if (status !== 200) return;
    if (revision < before) this.findings.push(`${claimId} went back from revision ${before} to ${revision}`);
    this.watched.set(claimId, Math.max(before, revision));
  }

  private async read(
    path: string,
    headers: Record<string, string>,
  ): Promise<{ status: number | undefined; revision: number; view?: CustomersView }> {
    const url = this.urls[this.turn++ % this.urls.length] as string;
    try {
      const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
      const response = await fetch(`${url}${path}`, { headers, signal });
      const view = (await response.json()) as CustomersView;
      if (response.status === 200) this.reads++;
      return { status: response.status, revision: revisionOf(response), view };
    } catch {
      // A gateway that does not answer says nothing wrong.
      return { status: undefined, revision: 0 };
    }
  }
}

function revisionOf({ headers }: Response): number {
  return Number((headers.get('etag') ?? '').replaceAll('"', ''));
}
