import { readFileSync } from 'node:fs';

/**
 * Loaded into a child process by `node --import`: its Date runs ahead or behind by the milliseconds that stand
 * in the file AIKA_FAULT_CLOCK_FILE, which is looked at five times a second. performance.now() and timers stay,
 * as they do when an administrator sets a machine's clock.
 */
const LOOK_EVERY_MS = 200;

const file = process.env['AIKA_FAULT_CLOCK_FILE'];
const RealDate = Date;
let offsetMs = 0;

function look(path: string): void {
  try {
    const read = Number(readFileSync(path, 'utf8'));
    if (Number.isFinite(read)) offsetMs = read;
  } catch (error) {
    // No file means no shift.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    offsetMs = 0;
  }
}

const now = (): number => RealDate.now() + offsetMs;

/** A function, not a class: Date is also called without `new`, and then is a text. */
function ShiftedDate(...args: unknown[]): unknown {
  if (new.target === undefined) return new RealDate(now()).toString();
  // A class that extends Date keeps its own prototype.
  const target = (new.target as unknown) === ShiftedDate ? RealDate : new.target;
  return Reflect.construct(RealDate, args.length > 0 ? args : [now()], target);
}

if (file !== undefined) {
  look(file);
  setInterval(() => look(file), LOOK_EVERY_MS).unref();
  Object.defineProperties(ShiftedDate, {
    name: { value: 'Date' },
    length: { value: RealDate.length },
    prototype: { value: RealDate.prototype },
  });
  Object.assign(ShiftedDate, { now, parse: RealDate.parse, UTC: RealDate.UTC });
  RealDate.prototype.constructor = ShiftedDate;
  globalThis.Date = ShiftedDate as unknown as DateConstructor;
}
