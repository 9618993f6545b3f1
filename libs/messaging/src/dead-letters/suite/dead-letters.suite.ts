import type { RuntimeSuiteSetup } from '../../runtime/suite/counter-world.js';
import { describeHandlingLetters } from './handling-letters.suite.js';
import { describeSendingOnce } from './sending-once.suite.js';

/** Rules of working with dead letters, the same on every adapter. */
export function describeDeadLetters(name: string, open: () => Promise<RuntimeSuiteSetup>): void {
  describeSendingOnce(name, open);
  describeHandlingLetters(name, open);
}
