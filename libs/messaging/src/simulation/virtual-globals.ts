import type { Scheduled, VirtualWorld } from './virtual-world.js';

type Callback = (...args: unknown[]) => void;

/**
 * Puts a world's time in the place of this process's timers, clock and `Math.random`.
 * @returns a function that puts back what was there
 */
export function installVirtualTime(world: VirtualWorld): () => void {
  const restore = [
    replace(globalThis, { ...virtualTimers(world), Date: virtualDate(world) }),
    replace(performance, { now: () => world.elapsed }),
    replace(Math, { random: () => world.random.next() }),
    replace(AbortSignal, { timeout: virtualTimeout(world) }),
  ];
  return () => {
    for (const put of restore.reverse()) put();
  };
}

function virtualTimers(world: VirtualWorld): object {
  const start = (work: Callback, ms: number, args: unknown[]): Scheduled =>
    world.after(ms, () => work(...args));
  const cancel = (timer: Scheduled | undefined): void => {
    if (timer) timer.cancelled = true;
  };
  const repeat = (work: Callback, ms: number, args: unknown[]): { cancelled: boolean } => {
    const handle = { cancelled: false };
    const next = (): Scheduled =>
      world.after(Math.max(1, ms), () => {
        if (handle.cancelled) return;
        work(...args);
        next();
      });
    next();
    return handle;
  };
  return {
    // As in Node.js, a timer takes a millisecond at least.
    setTimeout: (work: Callback, ms = 1, ...args: unknown[]) => start(work, Math.max(1, ms), args),
    setInterval: (work: Callback, ms = 1, ...args: unknown[]) => repeat(work, ms, args),
    setImmediate: (work: Callback, ...args: unknown[]) => start(work, 0, args),
    clearTimeout: cancel,
    clearInterval: cancel,
    clearImmediate: cancel,
  };
}

function virtualDate(world: VirtualWorld): DateConstructor {
  const RealDate = Date;
  return new Proxy(RealDate, {
    construct: (target, args: [], newTarget: new () => Date) =>
      Reflect.construct(target, args.length === 0 ? [world.now] : args, newTarget) as Date,
    get: (target, name, receiver) =>
      name === 'now' ? () => world.now : (Reflect.get(target, name, receiver) as unknown),
  });
}

function virtualTimeout(world: VirtualWorld): (ms: number) => AbortSignal {
  return (ms) => {
    const controller = new AbortController();
    world.after(ms, () => controller.abort(new DOMException('The time is over.', 'TimeoutError')));
    return controller.signal;
  };
}

/** Replaces properties, and tells how to put the former ones back. */
function replace(target: object, properties: object): () => void {
  const before = Object.keys(properties).map(
    (name) => [name, Object.getOwnPropertyDescriptor(target, name)] as const,
  );
  for (const [name, value] of Object.entries(properties)) {
    Object.defineProperty(target, name, { value, configurable: true, writable: true });
  }
  return () => {
    for (const [name, descriptor] of before) {
      if (descriptor) Object.defineProperty(target, name, descriptor);
      else Reflect.deleteProperty(target, name);
    }
  };
}
