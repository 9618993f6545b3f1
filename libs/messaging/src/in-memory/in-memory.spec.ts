import { describeMessageLog } from '../ports/message-log.suite.js';
import { createInMemoryBroker, type InMemoryBrokerOptions } from './index.js';

const setup = (options: Partial<InMemoryBrokerOptions>) => () => {
  const broker = createInMemoryBroker({ topics: {}, ...options });
  let topics = 0;
  return Promise.resolve({
    log: (clientId: string) => broker.connect(clientId),
    createTopic: (partitions: number) => {
      topics += 1;
      broker.createTopic(`topic-${topics}`, partitions);
      return Promise.resolve(`topic-${topics}`);
    },
    outlastSession: (clientId: string) => {
      broker.expireClient(clientId);
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  });
};

let markers = 0;

describeMessageLog('in memory', setup({}));
describeMessageLog(
  'in memory, with markers that come late and in another order',
  setup({ markerDelayMs: () => (markers++ * 7) % 5 }),
);
