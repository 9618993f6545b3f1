import type { Migration } from 'kysely/migration';
import * as views from './0001-views.js';
import * as notificationOutcomes from './0002-notification-outcomes.js';
import * as approvalDesk from './0003-approval-desk.js';

/** Every migration by its name, which gives the order. Forward only: one that was released never changes. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-views': views,
  '0002-notification-outcomes': notificationOutcomes,
  '0003-approval-desk': approvalDesk,
};

/** The tables that this version reads and writes. */
export const NEWEST_MIGRATION = '0003-approval-desk';
