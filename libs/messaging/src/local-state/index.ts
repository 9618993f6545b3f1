export { createLocalStateStores, type LocalStateOptions } from './local-state-stores.js';
export { LocalStateError } from './level-database.js';
