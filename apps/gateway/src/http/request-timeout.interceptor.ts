import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { Request } from 'express';
import { Observable, throwError, timeout } from 'rxjs';
import { GatewaySettings } from '../gateway.settings.js';
import { ProblemError } from './problem.js';

/** An answer that takes too long is given up; streams live on. What was sent may still be carried out. */
@Injectable()
export class RequestTimeoutInterceptor implements NestInterceptor {
  constructor(private readonly settings: GatewaySettings) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    if (http.getRequest<Request>().path.endsWith('/stream')) return next.handle();
    const detail = `There was no answer within ${this.settings.requestTimeoutMs} ms; what was asked for may still be done.`;
    const givenUp = (): Observable<never> => throwError(() => new ProblemError('timed-out', detail));
    return next.handle().pipe(timeout({ first: this.settings.requestTimeoutMs, with: givenUp }));
  }
}
