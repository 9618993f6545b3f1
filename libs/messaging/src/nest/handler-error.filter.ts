import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import { BaseExceptionFilter, HttpAdapterHost, ModuleRef } from '@nestjs/core';
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
  constructor(private readonly adapters: HttpAdapterHost) {}

  /** Makes it the outermost filter of the application: all of the application's own come before it. */
  static installIn(module: ModuleRef): void {
    const { container } = module as unknown as { readonly container: ContainerOfNest };
    const filters = container.applicationConfig.getGlobalFilters();
    filters.unshift(new HandlerErrorFilter(module.get(HttpAdapterHost, { strict: false })));
  }

  catch(error: unknown, host: ArgumentsHost): Observable<never> | void {
    if (host.getType() === 'rpc') return throwError(() => terminalIfRefused(error));
    new BaseExceptionFilter(this.adapters.httpAdapter).catch(error, host);
  }
}

/** `useGlobalFilters` of an application is open to its main program only; this is the list behind it. */
interface ContainerOfNest {
  readonly applicationConfig: { getGlobalFilters(): ExceptionFilter[] };
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
