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
import { map, type Observable } from 'rxjs';
import { operationIdOf } from '../../http/operation-id.js';
import { principalOf } from '../principal.js';
import { shapedAnswer, sightOf } from './answer-shape.js';

/** Cuts every answer down to what its caller may see. Streams do it themselves, event by event. */
@Injectable()
export class AnswerShapeInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    @Inject(CATALOGUE) private readonly catalogue: Catalogue,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const sight = sightOf(principalOf(context.switchToHttp().getRequest<Request>()));
    if (sight === 'whole') return next.handle();
    const operationId = operationIdOf(this.reflector, context);
    return next.handle().pipe(map((answer) => shapedAnswer(answer, sight, operationId, this.catalogue)));
  }
}
