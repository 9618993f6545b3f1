import { setTimeout as delay } from 'node:timers/promises';
import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { type Catalogue, ownFieldsInCamelCase } from '@aika/contracts';
import { CATALOGUE } from '@aika/messaging/nest';
import type { Request, Response } from 'express';
import { AccessTrail } from '../audit/access-trail.js';
import { COMMAND_HEADER } from '../commands/command-call.js';
import { GatewaySettings } from '../gateway.settings.js';
import { operationIdOf } from '../http/operation-id.js';
import { ProblemError } from '../http/problem.js';
import { traceOf } from '../http/trace-context.js';
import { ViewsReader } from '../reads/views-reader.js';
import { ACCESS_RULES, type AccessRule } from './access/access-rules.js';
import { isBinding, refusedByHand } from './access/handwritten-messages.js';
import { judgeAccess, type NamedObject, type Verdict } from './access/judge-access.js';
import type { OwnerDirectory } from './access/owner-directory.js';
import { signBody } from './access/sign-body.js';
import type { Authenticator } from './authenticator.js';
import { CallerRateLimit } from './caller-rate-limit.js';
import { AUTHENTICATOR, OWNER_DIRECTORY } from './identity.tokens.js';
import { type Principal, setPrincipal } from './principal.js';
import { IS_PUBLIC } from './public.decorator.js';

const POLL_MS = 100;

/** Stands before every route: who is it, how often do they ask, and may they do this with that. */
@Injectable()
export class IdentityGuard implements CanActivate {
  private readonly rates = new CallerRateLimit();

  constructor(
    private readonly reflector: Reflector,
    private readonly settings: GatewaySettings,
    @Inject(CATALOGUE) private readonly catalogue: Catalogue,
    private readonly views: ViewsReader,
    @Inject(AUTHENTICATOR) private readonly authenticator: Authenticator,
    @Inject(OWNER_DIRECTORY) private readonly owners: OwnerDirectory,
    private readonly trail: AccessTrail,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (this.settings.auth === 'off') return true;
    const handler = context.getHandler();
    if (this.reflector.getAllAndOverride<boolean>(IS_PUBLIC, [handler, context.getClass()])) return true;
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    const principal = await this.identify(request);
    this.count(principal, http.getResponse<Response>());
    const operationId = operationIdOf(this.reflector, context);
    const rule = ACCESS_RULES[operationId];
    if (isObject(request.body)) request.body = ownFieldsInCamelCase(request.body);
    await this.admit(principal, rule, request);
    this.refuseByHand(operationId, principal, request);
    if (rule?.signs && isObject(request.body)) request.body = signBody(rule.signs, request.body, principal);
    setPrincipal(request, principal);
    return true;
  }

  /** Logins that are let in and those that are refused are noted; who shows nothing has not tried. */
  private async identify(request: Request): Promise<Principal> {
    const { traceId } = traceOf(request);
    const authorization = request.get('authorization');
    try {
      const principal = await this.authenticator.identify({
        authorization,
        apiKey: request.get('x-api-key'),
      });
      this.trail.entered(principal, traceId);
      return principal;
    } catch (error) {
      const code = error instanceof ProblemError ? error.members.code : undefined;
      if (code !== undefined) this.trail.refused(code, traceId);
      throw error;
    }
  }

  private async admit(principal: Principal, rule: AccessRule | undefined, request: Request): Promise<void> {
    const { params, query } = request;
    const body = isObject(request.body) ? request.body : {};
    const priority = request.get(COMMAND_HEADER.priority);
    const verdict = judgeAccess(principal, rule, { params, query, body, priority });
    this.refuse(verdict);
    if (verdict.kind !== 'own') return;
    await this.mustOwn(verdict.customerId, verdict.objects, request, rule?.own?.mayBeNew === true);
    if (rule?.own?.filter === undefined) return;
    // The getter reads the address anew each time; the handlers have to see the filter that holds.
    const filtered = { ...query, [rule.own.filter]: verdict.customerId };
    Object.defineProperty(request, 'query', { value: filtered, configurable: true });
  }

  private refuse(verdict: Verdict): void {
    if (verdict.kind === 'hidden') throw hidden();
    if (verdict.kind === 'forbidden') throw new ProblemError('forbidden', verdict.detail);
  }

  /**
   * Another customer's and what nobody has heard of look alike, in the answer and in the time that it takes. Commands
   * on what was made a moment ago wait until the views know of it.
   */
  private async mustOwn(
    customerId: string,
    objects: readonly NamedObject[],
    request: Request,
    mayBeNew: boolean,
  ): Promise<void> {
    if (objects.length === 0) return;
    const { position } = request.query;
    await this.views.freshFor(request, typeof position === 'string' ? position : undefined);
    const isRead = request.method === 'GET';
    const deadline = Date.now() + (isRead ? 0 : this.settings.ownershipWaitMs);
    for (;;) {
      const owners = await Promise.all(objects.map(({ kind, id }) => this.owners.ownersOf(kind, id)));
      const isOwn = owners.every((found) => found.length === 1 && found[0] === customerId);
      if (isOwn || (mayBeNew && owners.every((found) => found.length === 0))) return;
      if (mayBeNew || Date.now() >= deadline) throw hidden();
      await delay(POLL_MS);
    }
  }

  /** Whole messages could say what the routes for them would not let the caller say. */
  private refuseByHand(operationId: string, principal: Principal, { body }: Request): void {
    if (operationId === 'produceMessage' && isObject(body)) {
      const why = refusedByHand(this.catalogue, body, principal);
      if (why !== undefined) throw new ProblemError('forbidden', why);
    }
    if (operationId !== 'editDeadLetter' || !isObject(body) || !isObject(body['message'])) return;
    const { messageType } = ownFieldsInCamelCase(body['message']);
    const definition = typeof messageType === 'string' ? this.catalogue.get(messageType) : undefined;
    if (definition === undefined || !isBinding(definition)) return;
    throw new ProblemError(
      'forbidden',
      `${definition.type} is not written by hand; send it back as it is, or drop it.`,
    );
  }

  private count(principal: Principal, response: Response): void {
    const { rateLimitPerCaller, rateLimitPerCustomer } = this.settings;
    const { keyId, subject, customerId, rateLimit = rateLimitPerCaller } = principal;
    const caller = keyId === undefined ? `sub ${subject}` : `key ${keyId}`;
    const counted = [this.rates.take(caller, rateLimit)];
    if (customerId !== undefined) {
      counted.push(this.rates.take(`customer ${customerId}`, rateLimitPerCustomer));
    }
    const tightest = counted.reduce((a, b) => (b.remaining < a.remaining || !b.isWithin ? b : a));
    response.setHeader('ratelimit-policy', `"caller";q=${tightest.limit};w=1`);
    response.setHeader('ratelimit', `"caller";r=${tightest.remaining};t=1`);
    if (counted.every(({ isWithin }) => isWithin)) return;
    const detail = `More than ${tightest.limit} requests within a second; try again after it.`;
    throw new ProblemError('too-many-requests', detail, {}, { headers: { 'retry-after': '1' } });
  }
}

/** The same words as of what does not exist. */
function hidden(): ProblemError {
  return new ProblemError('not-found', 'There is none of this id.');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
