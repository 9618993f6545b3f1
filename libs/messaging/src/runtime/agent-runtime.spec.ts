import { openInMemory } from './suite/in-memory-setup.js';
import { describeAgentRuntime } from './suite/agent-runtime.suite.js';

describeAgentRuntime('the in-memory log', () => openInMemory('rt'));
