/** Injection tokens of the gateway. */
export const SENDER = Symbol('aika:gateway-sender');
export const IDEMPOTENCY_STORE = Symbol('aika:idempotency-store');
/** What `/health/ready` asks beside the log. */
export const PROBES = Symbol('aika:probes');
/** The office of dead letters. */
export const DEAD_LETTERS = Symbol('aika:dead-letters');
/** The views, and the gateway's own schema beside them. */
export const DATABASE = Symbol('aika:database');
