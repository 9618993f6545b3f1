/** What requests are made of: a customer with what stands of them in the views. */
export interface Person {
  readonly customerId: string;
  readonly policyId: string;
  readonly claimId?: string;
  readonly conversationId?: string;
}

/** What the generator's process is told, as JSON in a file. */
export interface LoadPlan {
  /** Of the API: `http://127.0.0.1:3100`. */
  readonly url: string;
  /** Who asks, where the gateway asks who it is. */
  readonly token?: string;
  readonly perSecond: number;
  readonly seconds: number;
  /** Tells the ids and keys of this run from those of others. */
  readonly run: string;
  readonly seed: number;
  /** Number of the first write: a run that counts on asks for nothing that the one before has done. */
  readonly firstWrite: number;
  readonly people: readonly Person[];
  /** Where the result is written. */
  readonly resultFile: string;
}

/** A command that was answered with 202. */
export interface AcceptedWrite {
  readonly kind: string;
  readonly messageId: string;
}

export interface LoadResult {
  /** From the first request that was due to the last answer, milliseconds since 1970 UTC. */
  readonly from: number;
  readonly to: number;
  /** Milliseconds from the moment a request was due until its answer was read whole; good answers only. */
  readonly latencies: Readonly<Record<string, readonly number[]>>;
  /** How many requests came to no 2xx or 304, by kind and status or error code. */
  readonly errors: Readonly<Record<string, number>>;
  /** Answers 304. */
  readonly unchanged: number;
  readonly accepted: readonly AcceptedWrite[];
  /** CPU of the generator in milliseconds. */
  readonly cpuMs: number;
}
