/** The part of cli-progress that is used here; the package has no types of its own. */
declare module 'cli-progress' {
  export interface Options {
    readonly format: string;
    readonly stream: NodeJS.WritableStream;
    /** Writes to something that is no terminal too, a line each `notTTYSchedule` milliseconds. */
    readonly noTTYOutput?: boolean;
    readonly notTTYSchedule?: number;
    readonly hideCursor?: boolean;
  }

  export class SingleBar {
    constructor(options: Options);
    start(total: number, startValue: number, payload?: object): void;
    update(current: number, payload?: object): void;
    stop(): void;
  }

  const cliProgress: { readonly SingleBar: typeof SingleBar };
  export default cliProgress;
}
