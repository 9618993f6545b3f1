import { Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import { RpcException } from '@nestjs/microservices';
import { type Observable, throwError } from 'rxjs';
import { TerminalError } from '../agent/index.js';

/**
 * Hands a handler's error on as it is. Nest's own filter for microservices replaces it with "Internal server
 * error", and the runtime could no longer tell a retriable failure from a terminal one.
 *
 * What a guard or a pipe refuses (an RpcException, or an HTTP exception of the 4xx range) is terminal: the same
 * message would be refused again.
 */
@Catch()
export class HandlerErrorFilter implements ExceptionFilter {
  catch(error: unknown): Observable<never> {
    return throwError(() => terminalIfRefused(error));
  }
}

function terminalIfRefused(error: unknown): unknown {
  if (error instanceof RpcException) return new TerminalError('REFUSED', error.message, { cause: error });
  const isClientFault = error instanceof HttpException && error.getStatus() >= 400 && error.getStatus() < 500;
  return isClientFault ? new TerminalError('REFUSED', detailOf(error), { cause: error }) : error;
}

/** Pipes list every broken rule in the response, and only a heading in the message. */
function detailOf(error: HttpException): string {
  const response = error.getResponse();
  const said: unknown =
    typeof response === 'object' && 'message' in response ? response.message : error.message;
  return Array.isArray(said) ? said.join('; ') : String(said);
}
