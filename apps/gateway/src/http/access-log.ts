import { Logger } from '@nestjs/common';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { traceOf } from './trace-context.js';

/**
 * One line for each answer. It names the route and not the address: ids and filters in an address are about
 * somebody, and the trace id finds the request again.
 */
export function accessLog(): RequestHandler {
  const logger = new Logger('http');
  return (request: Request, response: Response, next: NextFunction): void => {
    const begun = performance.now();
    response.once('close', () => {
      const route = (request.route as { readonly path?: unknown } | undefined)?.path;
      logger.debug('answered', {
        method: request.method,
        route: typeof route === 'string' ? route : 'none',
        status: response.statusCode,
        ms: Math.round(performance.now() - begun),
        complete: response.writableFinished,
        traceId: traceOf(request).traceId,
      });
    });
    next();
  };
}
