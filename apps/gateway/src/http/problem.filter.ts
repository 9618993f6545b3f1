import {
  type ArgumentsHost,
  Catch,
  type ExceptionFilter,
  Inject,
  Logger,
  NotFoundException,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import { problemOf } from './problem-of.js';
import { PROBLEM_JSON, ProblemError } from './problem.js';
import { RouteTable } from './route-table.js';
import { traceOf } from './trace-context.js';

/** Answers every error as a problem document, whoever threw it. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('http');

  constructor(@Inject(RouteTable) private readonly routes: RouteTable) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<Request>();
    this.answer(this.refine(error, request), request, http.getResponse<Response>());
  }

  answer(error: unknown, request: Request, response: Response): void {
    const problem = problemOf(error);
    const { traceId } = traceOf(request);
    if (problem.status >= 500) this.report(problem, traceId);
    if (response.headersSent) {
      // A stream that has begun can only end: half a document would be taken for a whole one.
      response.destroy();
      return;
    }
    response.status(problem.status);
    for (const [name, value] of Object.entries(problem.headers)) response.setHeader(name, value);
    // An unread rest of a refused body would be taken for the next request on this connection.
    if (!request.complete) response.setHeader('connection', 'close');
    response.setHeader('content-type', PROBLEM_JSON);
    response.end(JSON.stringify(problem.toProblem(traceId)));
  }

  /** An address that is there for other methods is no missing one. */
  private refine(error: unknown, request: Request): unknown {
    if (!(error instanceof NotFoundException)) return error;
    const allowed = this.routes.methodsOf(request.path);
    if (allowed.length === 0) return error;
    const allow = allowed.join(', ');
    return new ProblemError(
      'method-not-allowed',
      `This address takes ${allow}.`,
      { allowed },
      { headers: { allow } },
    );
  }

  private report(problem: ProblemError, traceId: string): void {
    const cause = problem.cause instanceof Error ? problem.cause : undefined;
    const { name, code } = (cause ?? {}) as { name?: string; code?: unknown };
    const fields = { problem: problem.problem, traceId, error: name, code };
    if (problem.problem === 'internal-error') this.logger.error(problem.detail, cause?.stack ?? '', fields);
    else this.logger.warn(problem.detail, fields);
  }
}
