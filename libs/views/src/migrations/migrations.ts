import type { Migration } from 'kysely/migration';
import * as views from './0001-views.js';

/** Every migration by its name, which gives the order. Forward only: one that was released never changes. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-views': views,
};
