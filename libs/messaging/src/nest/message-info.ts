import { currentContext } from '../runtime/index.js';

/** Which message is being handled; what a log line or a trace needs of it. */
export interface MessageInfo {
  readonly messageId: string;
  readonly messageType: string;
  readonly customerId: string;
  readonly correlationId?: string;
  readonly conversationId?: string;
  readonly traceId?: string;
  readonly traceparent?: string;
}

/**
 * The message whose handler is running, wherever in it this is called, also after an await; undefined outside of
 * handlers. Request-scoped providers get the same by Nest's `REQUEST`, more slowly: they are made for each message.
 */
export function currentMessage(): MessageInfo | undefined {
  const context = currentContext.getStore();
  if (!context) return undefined;
  const { messageId, messageType, metadata } = context.message;
  const { correlationId, conversationId, traceId, traceparent } = metadata;
  const info = {
    messageId,
    messageType,
    customerId: context.customerId,
    correlationId,
    conversationId,
    traceId,
    traceparent,
  };
  return Object.fromEntries(
    Object.entries(info).filter(([, value]) => value !== undefined),
  ) as unknown as MessageInfo;
}
