import { jest } from '@jest/globals';
import { openOnKafka } from '../runtime/suite/kafka-setup.js';
import { describeDeadLetters } from './suite/dead-letters.suite.js';

jest.setTimeout(40_000);

describeDeadLetters('Kafka', () => openOnKafka('dl'));
