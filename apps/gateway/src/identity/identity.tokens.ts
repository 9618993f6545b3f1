/** Finds out who asks. */
export const AUTHENTICATOR = Symbol('aika:authenticator');
/** Knows whose something is. */
export const OWNER_DIRECTORY = Symbol('aika:owner-directory');
export const API_KEY_STORE = Symbol('aika:api-key-store');
