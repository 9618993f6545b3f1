import { openInMemory } from '../runtime/suite/in-memory-setup.js';
import { describeAskFromOutside } from './ask.suite.js';

describeAskFromOutside('the log in memory', () => openInMemory('ask'));
