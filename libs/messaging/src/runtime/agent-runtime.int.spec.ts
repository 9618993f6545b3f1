import { jest } from '@jest/globals';
import { openOnKafka } from './suite/kafka-setup.js';
import { describeAgentRuntime } from './suite/agent-runtime.suite.js';

jest.setTimeout(40_000);

describeAgentRuntime('Kafka', () => openOnKafka('rt'));
