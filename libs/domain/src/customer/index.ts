export * from './conversation.decider.js';
export { profileFrom } from './customer-profile.js';
export type { CustomerProfile } from './customer-profile.js';
export { customerDecider } from './customer.decider.js';
export * from './customer.messages.js';
export * from './customer.state.js';
export { NOTIFIED_EVENT_TYPES } from './notification-templates.js';
export type { NotifiedEvent, NotifiedEventType } from './notification-templates.js';
export { notificationsFor } from './notifications.js';
