import createClient, { type Client } from 'openapi-fetch';
import type { paths } from './api.js';
import { GatewayError, type Problem } from './gateway-error.js';

/** Calls of every route, typed by the OpenAPI document. */
export type GatewayClient = Client<paths>;

/**
 * @param baseUrl such as `http://127.0.0.1:3100`
 * @param send what sends a request, if not `fetch`
 */
export function createGatewayClient(
  baseUrl: string,
  send?: (request: Request) => Promise<Response>,
): GatewayClient {
  return createClient<paths>({ baseUrl, ...(send === undefined ? {} : { fetch: send }) });
}

interface Answer<T> {
  readonly data?: T;
  readonly error?: unknown;
  readonly response: Response;
}

/**
 * What a call was answered with.
 *
 * @param request method and path, for the message of an error
 * @throws GatewayError for every answer that is no success
 */
export function dataOf<T>({ data, error, response }: Answer<T>, request: string): T {
  if (response.ok && data !== undefined) return data;
  throw new GatewayError(response.status, problemOf(error), request);
}

function problemOf(error: unknown): Partial<Problem> | undefined {
  return typeof error === 'object' && error !== null ? error : undefined;
}
