/**
 * Topics (without namespace) on which answers to asks from outside come. The one place that lists them: where a
 * topic gets a lane of its own, it joins here.
 */
export const REPLY_TOPICS: readonly string[] = ['events'];
