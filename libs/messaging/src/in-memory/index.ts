export {
  createInMemoryBroker,
  type CommitFate,
  type InMemoryBroker,
  type InMemoryBrokerOptions,
} from './in-memory-broker.js';
