import { describeApiKeyStore } from './api-key-store.suite.js';
import { MemoryApiKeyStore } from './memory-api-key-store.js';

describeApiKeyStore('memory', () => new MemoryApiKeyStore());
