/** The views of the read side: tables, migrations, projections, queries. */
export * from './database/database.js';
export * from './database/migrate.js';
export * from './tables/claim.tables.js';
export * from './tables/columns.js';
export * from './tables/customer.tables.js';
export * from './tables/history.tables.js';
export * from './tables/operation.tables.js';
export * from './tables/policy.tables.js';
export * from './tables/view-tables.js';
export * from './projections/event-rows.js';
export * from './projections/operations.js';
export * from './projections/projections.js';
export { orderKey, type OrderPlace, type ViewEvent } from './projections/view-event.js';
export * from './writer/apply-batch.js';
export * from './writer/positions.js';
export * from './rebuild/tables.js';
export * from './rebuild/view-names.js';
