/** Injection tokens of what `AikaModule` provides. */
export const AGENT = Symbol('aika:agent');
export const SETTINGS = Symbol('aika:settings');
export const MESSAGE_LOG = Symbol('aika:message-log');
export const TRANSPORT = Symbol('aika:transport');
