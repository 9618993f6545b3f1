import { randomUUID } from 'node:crypto';
import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { AuditRecorded, type AuditRecordedPayload, NO_CUSTOMER, READ_PERSONAL_DATA } from '@aika/contracts';
import { LogError, type MessageSender, type OutgoingMessage } from '@aika/messaging';
import { GatewaySettings } from '../gateway.settings.js';
import type { Principal } from '../identity/principal.js';
import { isId } from '../identity/tokens/token-principal.js';
import { SENDER } from '../tokens.js';

/** What stands in `action` of the lines. */
export const LOGIN = 'LOGIN';

/** Somebody was answered with personal data. */
export interface Reading {
  readonly by: Principal;
  /** The route's name in the OpenAPI document. */
  readonly operationId: string;
  /** Whose data; `NO_CUSTOMER` where the answer does not tell. */
  readonly customers: Iterable<string>;
  /** The claim, conversation, letter, topic that was asked for. */
  readonly object?: string | undefined;
  readonly traceId: string;
}

/** What will be one line: everything alike within the interval. */
interface Gathered {
  readonly line: AuditRecordedPayload;
  readonly messageId: string;
  readonly traceId: string | undefined;
  count: number;
  readonly objects: Set<string>;
}

/** Lines that wait at most. More than this means that the log is away: then nothing personal is told any more. */
const MOST_WAITING = 10_000;
const MOST_OBJECTS = 20;
const MAX_OBJECT_LENGTH = 200;
/** An API key counts as a login again after it; a token does not, as it ends by itself. */
const KEY_LOGIN_MS = 3_600_000;
const MOST_LOGINS = 100_000;

/**
 * Logins and readings of personal data for the audit trail: gathered, and sent once in an interval with how many they
 * were, so that a reader who asks a hundred times in a second leaves one line.
 */
@Injectable()
export class AccessTrail implements OnApplicationShutdown {
  private readonly logger = new Logger('access-trail');
  private readonly known = new Map<string, number>();
  private gathered = new Map<string, Gathered>();
  /** Under way, or refused by a log that is away. */
  private unsent: readonly Gathered[] = [];
  private timer: NodeJS.Timeout | undefined;
  private sending: Promise<void> = Promise.resolve();

  constructor(
    @Inject(SENDER) private readonly sender: Pick<MessageSender, 'sendAll'>,
    private readonly settings: GatewaySettings,
  ) {}

  /** Leaves a line for the first request with a token, and the first with an API key in an hour. */
  entered(by: Principal, traceId: string): void {
    const { subject, credentialId, keyId, roles, customerId, validUntil } = by;
    const now = Date.now();
    if (credentialId === undefined || (this.known.get(credentialId) ?? 0) > now) return;
    if (this.known.size >= MOST_LOGINS) this.known.clear();
    this.known.set(credentialId, keyId === undefined ? validUntil : now + KEY_LOGIN_MS);
    const object = keyId === undefined ? `token ${credentialId}` : `api-key ${keyId}`;
    this.gather(`login ${credentialId}`, traceId, {
      ...{ customerId: customerId ?? NO_CUSTOMER, action: LOGIN, kind: 'login', actor: subject, object },
      details: { roles: roles.join(',') },
    });
  }

  /** Somebody was refused: the code says why. Who it was is not known. */
  refused(code: string, traceId: string): void {
    this.gather(`refused ${code}`, traceId, {
      ...{ customerId: NO_CUSTOMER, action: LOGIN, kind: 'login', actor: 'unknown', outcome: 'refused' },
      details: { code },
    });
  }

  /** @returns false when it could not be noted, and so must not be told */
  read({ by, operationId, customers, object, traceId }: Reading): boolean {
    if (this.gathered.size + this.unsent.length >= MOST_WAITING) return false;
    for (const customer of customers) {
      const customerId = isId(customer) ? customer : NO_CUSTOMER;
      const key = `reading ${by.subject} ${by.credentialId} ${operationId} ${customerId}`;
      const at = this.gather(key, traceId, {
        ...{ customerId, action: READ_PERSONAL_DATA, kind: 'reading', actor: by.subject },
        details: { operation: operationId },
      });
      if (object !== undefined) at.objects.add(object.slice(0, MAX_OBJECT_LENGTH));
    }
    return true;
  }

  /** What was noted until now is on the log, or has failed for good. */
  async onApplicationShutdown(): Promise<void> {
    clearTimeout(this.timer);
    await this.sending;
    await this.send();
    if (this.unsent.length > 0)
      this.logger.error('lines of the audit trail are lost', { lines: this.unsent.length });
  }

  private gather(
    key: string,
    traceId: string,
    line: Omit<AuditRecordedPayload, 'messageId' | 'at'>,
  ): Gathered {
    let found = this.gathered.get(key);
    if (found === undefined) {
      const whole = { ...line, messageId: `req-${randomUUID()}`, at: new Date().toISOString() };
      found = { line: whole, messageId: `msg-${randomUUID()}`, traceId, count: 0, objects: new Set() };
      this.gathered.set(key, found);
    }
    found.count += 1;
    this.timer ??= this.later();
    return found;
  }

  private later(): NodeJS.Timeout {
    return setTimeout(() => {
      this.sending = this.send().finally(() => {
        this.timer = this.gathered.size + this.unsent.length > 0 ? this.later() : undefined;
      });
    }, this.settings.accessTrailIntervalMs).unref();
  }

  private async send(): Promise<void> {
    this.unsent = [...this.unsent, ...this.gathered.values()];
    this.gathered = new Map();
    if (this.unsent.length === 0) return;
    try {
      await this.sender.sendAll(this.unsent.map(messageOf));
      this.unsent = [];
    } catch (error) {
      const isPassing = error instanceof LogError && error.retriable;
      const reason = String((error as { readonly code?: unknown }).code ?? (error as Error).name);
      this.logger.error('the audit trail was not written', { lines: this.unsent.length, reason, isPassing });
      if (!isPassing) this.unsent = [];
    }
  }
}

/** The same ids at each try: what was written although the answer was lost stands there twice with one id. */
function messageOf({ line, messageId, traceId, count, objects }: Gathered): OutgoingMessage {
  const [first, ...others] = objects;
  const shown = [...objects].slice(0, MOST_OBJECTS).join(' ');
  const rest = objects.size > MOST_OBJECTS ? ` and ${objects.size - MOST_OBJECTS} more` : '';
  const payload: AuditRecordedPayload = {
    ...line,
    ...(first === undefined || others.length > 0 ? {} : { object: first }),
    details: {
      ...line.details,
      count: String(count),
      ...(others.length === 0 ? {} : { objects: `${shown}${rest}` }),
    },
  };
  return {
    ...{ definition: AuditRecorded, payload, messageId, timestamp: line.at },
    metadata: traceId === undefined ? {} : { traceId },
  };
}
