import express, { type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { ContractError, parseObject } from '@aika/contracts';
import { ProblemError } from './problem.js';

const JSON_TYPE = ['application/json', 'application/*+json'];

export interface BodyLimits {
  readonly maxBodyBytes: number;
  readonly maxJsonDepth: number;
}

/**
 * Bodies are one JSON object in UTF-8, within limits. The contracts' reader parses them: it bounds the depth before
 * it parses, and its errors never repeat what the body says.
 */
export function jsonBodies({ maxBodyBytes, maxJsonDepth }: BodyLimits): readonly RequestHandler[] {
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  const parse = (request: Request, _response: Response, next: NextFunction): void => {
    const body: unknown = request.body;
    if (!Buffer.isBuffer(body)) {
      if (hasBody(request)) throw new ProblemError('unsupported-media-type', 'Bodies are application/json.');
      request.body = undefined;
      return next();
    }
    request.body = body.length === 0 ? undefined : objectOf(body);
    next();
  };
  const objectOf = (body: Buffer): object => {
    const parsed = parseObject(textOf(body, utf8), maxJsonDepth);
    if (!(parsed instanceof ContractError)) return parsed;
    if (parsed.code !== 'TOO_DEEP') throw parsed;
    const violations = [{ path: '', expected: `at most ${maxJsonDepth} levels`, found: 'more levels' }];
    throw new ProblemError('invalid-request', `The body nests deeper than ${maxJsonDepth} levels.`, {
      violations,
    });
  };
  return [express.raw({ type: JSON_TYPE, limit: maxBodyBytes, inflate: false }), parse];
}

function textOf(body: Buffer, utf8: InstanceType<typeof TextDecoder>): string {
  try {
    return utf8.decode(body);
  } catch (cause) {
    throw new ProblemError('not-json', 'The body is not UTF-8.', {}, { cause });
  }
}

function hasBody({ headers }: Request): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}
