/** Base of what an ask from outside can end with beside an answer. Decide by `code`. */
export abstract class AskError extends Error {
  abstract readonly code: string;
  /** Whether another try can succeed; under the same message id the command is still handled once. */
  abstract readonly retriable: boolean;

  constructor(
    /** Message id of the command. */
    readonly askId: string,
    message: string,
  ) {
    super(message);
    this.name = new.target.name;
  }
}

/** The agent refused the command: `code` and `detail` are its own. */
export class AskRefusedError extends AskError {
  readonly retriable = false;

  constructor(
    askId: string,
    readonly code: string,
    readonly detail: string,
  ) {
    super(askId, detail);
  }
}

/** No answer in time. The command is durable and may yet be carried out. */
export class AskTimeoutError extends AskError {
  readonly code = 'ASK_TIMED_OUT';
  readonly retriable = true;

  constructor(
    askId: string,
    readonly timeoutMs: number,
  ) {
    super(askId, `No answer to ${askId} within ${timeoutMs} ms; the command may yet be carried out.`);
  }
}

/** The asker gave up waiting, or its sender was closed. */
export class AskCancelledError extends AskError {
  readonly code = 'ASK_CANCELLED';
  readonly retriable = true;

  constructor(askId: string) {
    super(askId, `The wait for an answer to ${askId} was ended.`);
  }
}

/** As many asks as are allowed wait for their answer: nothing was sent. */
export class TooManyAsksError extends AskError {
  readonly code = 'TOO_MANY_ASKS';
  readonly retriable = true;

  constructor(
    askId: string,
    readonly limit: number,
  ) {
    super(askId, `${limit} asks wait for their answers: nothing was sent.`);
  }
}
