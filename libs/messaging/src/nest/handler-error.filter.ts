import { Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import { type Observable, throwError } from 'rxjs';
import { TerminalError } from '../agent/index.js';

/**
 * Hands a handler's error on as it is. Nest's own filter for microservices replaces it with "Internal server
 * error", and the runtime could no longer tell a retriable failure from a terminal one.
 *
 * What a guard or a pipe refuses (an HTTP exception of the 4xx range) is terminal: the same message would be
 * refused again.
 */
@Catch()
export class HandlerErrorFilter implements ExceptionFilter {
  catch(error: unknown): Observable<never> {
    return throwError(() => (isRefusal(error) ? refusal(error) : error));
  }
}

function isRefusal(error: unknown): error is HttpException {
  return error instanceof HttpException && error.getStatus() >= 400 && error.getStatus() < 500;
}

function refusal(error: HttpException): TerminalError {
  const response = error.getResponse();
  const said = typeof response === 'object' && 'message' in response ? response.message : error.message;
  const detail = Array.isArray(said) ? said.join('; ') : String(said);
  return new TerminalError('REFUSED', detail, { cause: error });
}
