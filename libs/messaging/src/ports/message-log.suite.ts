import { afterAll, beforeAll, describe } from '@jest/globals';

import { describeGroups } from './suite/groups.suite.js';
import { describeReading } from './suite/reading.suite.js';
import { describeRecords } from './suite/records.suite.js';
import { SUITE_TIMEOUT_MS, SuiteContext, type MessageLogHarness } from './suite/suite-tools.js';
import { describeTransactions } from './suite/transactions.suite.js';
import { describeUrgentTopics } from './suite/urgent.suite.js';

/** The rules of the port. Every adapter passes them. */
export function describeMessageLog(name: string, setup: () => Promise<MessageLogHarness>): void {
  describe(`message log: ${name}`, () => {
    const context = new SuiteContext();

    beforeAll(async () => {
      context.harness = await setup();
    }, SUITE_TIMEOUT_MS);

    afterAll(async () => {
      await context.harness?.close();
    }, SUITE_TIMEOUT_MS);

    describeRecords(context);
    describeTransactions(context);
    describeReading(context);
    describeGroups(context);
    describeUrgentTopics(context);
  });
}
