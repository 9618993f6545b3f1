import { Injectable } from '@nestjs/common';

interface Route {
  readonly pattern: RegExp;
  readonly methods: readonly string[];
}

/** Which methods an address takes; filled from the OpenAPI document, which names every route. */
@Injectable()
export class RouteTable {
  private routes: readonly Route[] = [];

  fill(paths: Readonly<Record<string, object>>): void {
    this.routes = Object.entries(paths).map(([path, operations]) => ({
      pattern: new RegExp(`^${path.replace(/[.+]/g, '\\$&').replace(/\{[^}]+\}/g, '[^/]+')}/?$`),
      methods: Object.keys(operations).flatMap((method) =>
        method === 'get' ? ['GET', 'HEAD'] : method.toUpperCase(),
      ),
    }));
  }

  /** In capitals, `HEAD` where there is `GET`; empty where there is no such address. */
  methodsOf(path: string): readonly string[] {
    return this.routes.flatMap(({ pattern, methods }) => (pattern.test(path) ? methods : []));
  }
}
