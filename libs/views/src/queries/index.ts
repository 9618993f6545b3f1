export * from './keyset-page.js';
export * from './view-queries.js';
export * from './workflow-queries.js';
