import type { ExecutionContext } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import { DECORATORS } from '@nestjs/swagger';

/** The route's name in the OpenAPI document; empty for one that has none. */
export function operationIdOf(reflector: Reflector, context: ExecutionContext): string {
  const operation = reflector.get<{ operationId?: string } | undefined>(
    DECORATORS.API_OPERATION,
    context.getHandler(),
  );
  return operation?.operationId ?? '';
}
