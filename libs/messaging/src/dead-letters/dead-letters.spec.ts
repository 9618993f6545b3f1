import { openInMemory } from '../runtime/suite/in-memory-setup.js';
import { describeDeadLetters } from './suite/dead-letters.suite.js';

describeDeadLetters('the in-memory log', () => openInMemory('dl'));
