import { describeMessageLog } from '../ports/message-log.suite.js';
import { createInMemoryBroker } from './index.js';

describeMessageLog('in memory', () => {
  const broker = createInMemoryBroker({ topics: {} });
  let topics = 0;
  return Promise.resolve({
    log: (clientId) => broker.connect(clientId),
    createTopic: (partitions) => {
      topics += 1;
      broker.createTopic(`topic-${topics}`, partitions);
      return Promise.resolve(`topic-${topics}`);
    },
    close: () => Promise.resolve(),
  });
});
