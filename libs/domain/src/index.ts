export * from './content.js';
export * from './decider.js';
export * from './testing.js';
export {
  add as addMoney,
  allocate as allocateMoney,
  compare as compareMoney,
  max as maxMoney,
  min as minMoney,
  multiplyRatio,
  subtract as subtractMoney,
  zero as zeroMoney,
  CurrencyMismatchError,
  MoneyRangeError,
} from './money.js';
export type { Rounding } from './money.js';
export * from './time.js';
export * from './risk/index.js';
export * from './policy/index.js';
export * from './claims/index.js';
export * from './customer/index.js';
