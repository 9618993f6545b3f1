import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { SwaggerModule } from '@nestjs/swagger';
import { CATALOGUE } from '@aika/messaging/nest';
import type { Request } from 'express';
import helmet from 'helmet';
import { GatewaySettings } from './gateway.settings.js';
import { accessLog } from './http/access-log.js';
import { jsonBodies } from './http/json-body.js';
import { answerOptions } from './http/options.js';
import { PROBLEM_JSON, ProblemError } from './http/problem.js';
import { ProblemFilter } from './http/problem.filter.js';
import { limitRate } from './http/rate-limit.js';
import { RouteTable } from './http/route-table.js';
import { traceContextOf, traceRequests } from './http/trace-context.js';
import { openApiDocument } from './openapi/document.js';

/** Who speaks HTTPS decides before the gateway: without it, the page of the document would load nothing. */
const HELMET = { contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } } };

const EXPOSED_HEADERS = [
  'traceparent',
  'location',
  'link',
  'etag',
  'retry-after',
  'preference-applied',
  'aika-position',
  'idempotency-replayed',
];

/** What stands before every route, in order. The application is made with `bodyParser: false`. */
export function configureApp(app: NestExpressApplication): void {
  const settings = app.get(GatewaySettings);
  const filter = new ProblemFilter(app.get(RouteTable));
  const answer = filter.answer.bind(filter);
  const express = app.getHttpAdapter().getInstance();
  express.locals['settings'] = settings;
  express.locals['catalogue'] = app.get<unknown>(CATALOGUE);
  app.set('trust proxy', settings.trustedProxies);
  // Entity tags are of versions of a resource, and made where these are known.
  app.set('etag', false);
  app.disable('x-powered-by');
  app.use(traceRequests, accessLog(), helmet(HELMET));
  if (settings.corsOrigins.length > 0) {
    const origin = settings.corsOrigins.includes('*') ? '*' : settings.corsOrigins;
    app.enableCors({ origin, exposedHeaders: EXPOSED_HEADERS, maxAge: 600 });
  }
  app.use(limitRate(settings.rateLimit, answer));
  app.use(answerOptions(app.get(RouteTable)));
  for (const handler of jsonBodies(settings)) app.use(handler);
  serveDocument(app);
  closeIdleClients(app, settings);
}

function serveDocument(app: NestExpressApplication): void {
  const document = openApiDocument(app);
  app.get(RouteTable).fill({ ...document.paths, '/openapi.json': { get: {} }, '/docs': { get: {} } });
  SwaggerModule.setup('docs', app, document, { jsonDocumentUrl: 'openapi.json', raw: ['json'] });
}

/** A client that never ends its request, and one that speaks no HTTP, hold nothing for long. */
function closeIdleClients(app: NestExpressApplication, settings: GatewaySettings): void {
  const server = app.getHttpServer() as Server;
  server.requestTimeout = settings.requestTimeoutMs;
  server.headersTimeout = settings.requestTimeoutMs;
  server.keepAliveTimeout = 65_000;
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => refuseClient(error, socket));
  server.prependListener('request', (_request: Request, response: ServerResponse) => {
    if (!server.listening) response.setHeader('connection', 'close');
  });
}

/** Node's parser refuses before there is a request; the answer is written by hand. */
function refuseClient(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const { traceId, traceparent } = traceContextOf(undefined);
  const isLong = error.code === 'HPE_HEADER_OVERFLOW';
  const problem = new ProblemError(
    isLong ? 'headers-too-large' : 'bad-request',
    isLong ? 'The headers are longer than the server takes.' : 'This is no HTTP request.',
  ).toProblem(traceId);
  const body = JSON.stringify(problem);
  const lines = [
    `HTTP/1.1 ${problem.status} ${isLong ? 'Request Header Fields Too Large' : 'Bad Request'}`,
    `content-type: ${PROBLEM_JSON}`,
    `content-length: ${Buffer.byteLength(body)}`,
    `traceparent: ${traceparent}`,
    'connection: close',
  ];
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`);
}
