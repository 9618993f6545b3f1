import {
  type CallHandler,
  type ExecutionContext,
  Inject,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Catalogue } from '@aika/contracts';
import { CATALOGUE } from '@aika/messaging/nest';
import type { Request } from 'express';
import { type Observable, tap } from 'rxjs';
import { operationIdOf } from '../http/operation-id.js';
import { ProblemError } from '../http/problem.js';
import { traceOf } from '../http/trace-context.js';
import { sightOf } from '../identity/masking/answer-shape.js';
import { principalOf } from '../identity/principal.js';
import { AccessTrail } from './access-trail.js';
import { customersIn, whoseData } from './personal-data.js';

/** Notes who reads personal data, and refuses to tell it when that cannot be noted. Streams do it event by event. */
@Injectable()
export class ReadingInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    @Inject(CATALOGUE) private readonly catalogue: Catalogue,
    private readonly trail: AccessTrail,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<Request>();
    const by = principalOf(request);
    // Where nobody is asked who they are, there is nothing to say of who it was.
    if (by === undefined || request.method !== 'GET' || sightOf(by) === 'masked') return next.handle();
    const operationId = operationIdOf(this.reflector, context);
    return next.handle().pipe(
      tap((answer: unknown) => {
        const customers = customersIn(answer, operationId, this.catalogue, whoseData(request));
        if (customers.size === 0) return;
        const [object] = Object.values(request.params).filter((value) => typeof value === 'string');
        const { traceId } = traceOf(request);
        if (!this.trail.read({ by, operationId, customers, object, traceId })) throw untold();
      }),
    );
  }
}

function untold(): ProblemError {
  const detail = 'Personal data is not told while the audit trail cannot be written.';
  return new ProblemError('overloaded', detail, {}, { headers: { 'retry-after': '5' } });
}
