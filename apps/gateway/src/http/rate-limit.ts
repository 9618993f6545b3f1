import type { Request, RequestHandler, Response } from 'express';
import { rateLimit } from 'express-rate-limit';
import { ProblemError } from './problem.js';

const WINDOW_MS = 1_000;

/** So many requests of one client address in a second; health is asked by orchestrators and not counted. */
export function limitRate(
  limit: number,
  answer: (error: unknown, request: Request, response: Response) => void,
): RequestHandler {
  return rateLimit({
    windowMs: WINDOW_MS,
    limit,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    skip: ({ path }) => path.startsWith('/health'),
    handler: (request, response) => {
      const detail = `More than ${limit} requests within a second; try again after it.`;
      const headers = { 'retry-after': '1' };
      answer(new ProblemError('too-many-requests', detail, {}, { headers }), request, response);
    },
  });
}
