import { jest } from '@jest/globals';
import { openOnKafka } from '../runtime/suite/kafka-setup.js';
import { describeAskFromOutside } from './ask.suite.js';

jest.setTimeout(40_000);

describeAskFromOutside('Kafka', () => openOnKafka('ask'));
