import type { KeyObject } from 'node:crypto';
import type { AlgorithmName } from './algorithms.js';
import { KeySet, type KeySource } from './key-source.js';
import { TokenError } from './token-error.js';

export interface RemoteKeysOptions {
  /** The issuer's JWKS document. */
  readonly url: string;
  /** Milliseconds since 1970. */
  readonly clock?: () => number;
  /** For tests. @returns the document */
  readonly load?: (url: string) => Promise<unknown>;
}

/** A set is asked for again after it, so that a key that was taken back is not trusted for long. */
const FRESH_MS = 10 * 60_000;
/** While the issuer does not answer, its last set counts for so long. */
const LAST_RESORT_MS = 24 * 3_600_000;
/** Tokens with made-up key ids must not make the gateway ask the issuer for each of them. */
const COOL_DOWN_MS = 30_000;
const PATIENCE_MS = 3_000;
const LONGEST_SET = 1_048_576;

/** The issuer's keys by its JWKS address: kept, asked for anew when old or when a token names one that is not known. */
export class RemoteKeys implements KeySource {
  private known: { readonly set: KeySet; readonly at: number } | undefined;
  private triedAt = -Infinity;
  private loading: Promise<void> | undefined;
  private readonly clock: () => number;

  constructor(private readonly options: RemoteKeysOptions) {
    this.clock = options.clock ?? Date.now;
  }

  async find(kid: string | undefined, alg: AlgorithmName): Promise<KeyObject | undefined> {
    if (this.known === undefined || this.clock() - this.known.at >= FRESH_MS) await this.refresh();
    const found = await this.usable().find(kid, alg);
    if (found !== undefined) return found;
    // A key that came with a rotation is in use before its set is old here.
    await this.refresh();
    return this.usable().find(kid, alg);
  }

  private usable(): KeySet {
    if (this.known && this.clock() - this.known.at < LAST_RESORT_MS) return this.known.set;
    throw new TokenError('KEYS_UNAVAILABLE', 'The keys of the issuer cannot be had.');
  }

  private async refresh(): Promise<void> {
    if (this.loading === undefined && this.clock() - this.triedAt < COOL_DOWN_MS) return;
    this.loading ??= this.load().finally(() => (this.loading = undefined));
    await this.loading;
  }

  /** A failure leaves what is known: `usable` says for how long. */
  private async load(): Promise<void> {
    const at = this.clock();
    this.triedAt = at;
    const document = await (this.options.load ?? fetchSet)(this.options.url).catch(() => undefined);
    const set = KeySet.of(document);
    if (set && set.size > 0) this.known = { set, at };
  }
}

async function fetchSet(url: string): Promise<unknown> {
  const response = await fetch(url, {
    headers: { accept: 'application/json' },
    redirect: 'error',
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (!response.ok) throw new Error(`The issuer answers ${response.status}.`);
  const text = await response.text();
  return text.length > LONGEST_SET ? undefined : (JSON.parse(text) as unknown);
}
