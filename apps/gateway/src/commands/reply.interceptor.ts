import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { Response } from 'express';
import { map, type Observable } from 'rxjs';

/** An answer with its own status and headers. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: object | undefined;
}

/** Puts a reply's status and headers on the response; its body is what Nest sends. */
@Injectable()
export class ReplyInterceptor implements NestInterceptor<Reply> {
  intercept(context: ExecutionContext, next: CallHandler<Reply>): Observable<unknown> {
    const response = context.switchToHttp().getResponse<Response>();
    return next.handle().pipe(
      map(({ status, headers, body }) => {
        response.status(status);
        for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
        return body;
      }),
    );
  }
}
