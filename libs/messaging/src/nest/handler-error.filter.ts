import { Catch, type ExceptionFilter } from '@nestjs/common';
import { type Observable, throwError } from 'rxjs';

/**
 * Hands a handler's error on as it is. Nest's own filter for microservices replaces it with "Internal server
 * error", and the runtime could no longer tell a retriable failure from a terminal one.
 */
@Catch()
export class HandlerErrorFilter implements ExceptionFilter {
  catch(error: unknown): Observable<never> {
    return throwError(() => error);
  }
}
