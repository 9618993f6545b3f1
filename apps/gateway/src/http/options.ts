import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { RouteTable } from './route-table.js';

/** Tells which methods an address takes (RFC 9110, 9.3.7). What browsers ask before a call, CORS has answered. */
export function answerOptions(routes: RouteTable): RequestHandler {
  return (request: Request, response: Response, next: NextFunction): void => {
    const methods = request.method === 'OPTIONS' ? routes.methodsOf(request.path) : [];
    if (methods.length === 0) return next();
    response.setHeader('allow', [...methods, 'OPTIONS'].join(', '));
    response.status(204).end();
  };
}
