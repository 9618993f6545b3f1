export type { components, operations, paths } from './api.js';
export { GatewayError } from './gateway-error.js';
export { createGatewayClient, dataOf, type GatewayClient } from './gateway-client.js';
export { followStream, type LiveEvent, type StreamFilter, type StreamOptions } from './live-stream.js';
export { readServerSentEvents, type ServerSentEvent } from './server-sent-events.js';
