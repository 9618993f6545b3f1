/** Injection tokens of what `AikaModule` provides. */
export const AGENT = Symbol('aika:agent');
export const SETTINGS = Symbol('aika:settings');
export const MESSAGE_LOG = Symbol('aika:message-log');
export const TRANSPORT = Symbol('aika:transport');
export const CATALOGUE = Symbol('aika:catalogue');
/** Clock and delivery settings of the runtime beside the agent's settings: a `RuntimeTuning`. For tests. */
export const RUNTIME_TUNING = Symbol('aika:runtime-tuning');
