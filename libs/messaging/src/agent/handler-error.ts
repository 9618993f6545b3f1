/** Base of errors that a handler or the runtime raises while one message is handled. */
export abstract class HandlerError extends Error {
  abstract readonly retriable: boolean;

  constructor(
    readonly code: string,
    message: string,
    options?: { readonly cause?: unknown },
  ) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** May succeed when tried again: attempts are bounded, then the message goes to the dead letters. */
export class RetriableError extends HandlerError {
  readonly retriable = true;
}

/** Will never succeed: the message goes to the dead letters at once. */
export class TerminalError extends HandlerError {
  readonly retriable = false;
}
