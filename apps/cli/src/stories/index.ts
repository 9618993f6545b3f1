import { claimStories } from './claim.stories.js';
import { quoteToBind } from './quote-to-bind.story.js';
import type { Story } from './story.js';

export const stories: readonly Story[] = [quoteToBind, ...claimStories];
export * from './story.js';
export { StoryTeller } from './story-teller.js';
export { HttpTransport } from './transports/http-transport.js';
export { KafkaTransport } from './transports/kafka-transport.js';
