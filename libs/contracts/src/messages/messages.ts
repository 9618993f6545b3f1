export * from './claims/claim-settlement.messages.js';
export * from './claims/claim.messages.js';
export * from './common/common.messages.js';
export * from './customer/customer.messages.js';
export * from './policy/coverage.messages.js';
export * from './policy/policy.messages.js';
export * from './policy/quote.messages.js';
export * from './risk/risk.messages.js';
