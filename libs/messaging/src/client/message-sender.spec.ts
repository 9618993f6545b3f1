import { createInMemoryBroker } from '../in-memory/index.js';
import { describeMessageSender } from './message-sender.suite.js';

describeMessageSender('in memory', () => {
  const broker = createInMemoryBroker({ topics: { 'edge.commands': 3, 'edge.audit': 3 } });
  return Promise.resolve({ namespace: 'edge', connect: () => broker.connect('edge') });
});
