import {
  AcceptQuote,
  AuditRecorded,
  ConversationMessageRecorded,
  CustomerAssessmentRequest,
  CustomerRegistered,
  NotificationRequested,
  PolicyBound,
  type PolicyBoundPayload,
  PolicyRecommended,
  QuoteIssued,
  RegisterCustomer,
  RiskAssessmentCompleted,
  SendConversationMessage,
} from '@aika/contracts';
import { amountText, type ReadBack, type Seen, type Story, type StoryStage } from './story.js';

/** From the first question to a policy in force. */
export const quoteToBind: Story = {
  name: 'quote-to-bind',
  title: 'A driver asks for a quote and takes it',
  expected: 'bound',
  async run(stage) {
    await stage.send(
      RegisterCustomer,
      { customerId: stage.customerId, fullName: 'Ada Example', email: 'ada@example.org', channels: ['LOG'] },
      'Ada registers',
    );
    await stage.expect(CustomerRegistered);
    const { customerId, conversationId } = stage;
    const text = 'What would cover for my car cost me?';
    await stage.send(SendConversationMessage, { customerId, conversationId, text }, `writes: ${text}`);
    await stage.expect(ConversationMessageRecorded);
    const policy = await bindMotorPolicy(stage);
    await stage.expect(NotificationRequested, ({ template }) => /policy/i.test(template));
    await stage.expect(AuditRecorded, ({ action }) => action === PolicyBound.type);
    return policy.effectiveFrom ? 'bound' : 'bound without a date';
  },
  readBack: (seen) => {
    const { conversationId, customerId } = seen(ConversationMessageRecorded);
    const shows = { customerId, status: 'open', messageCount: 1 };
    return [...acceptedQuote(seen), { resource: 'conversations', id: conversationId, shows }];
  },
};

/**
 * Quote, acceptance, policy. With `since` the cover began that many days ago: the policy is taken over with
 * another insurer's book, as the claims' stories need one that is not brand new.
 */
export async function bindMotorPolicy(stage: StoryStage, since = 0): Promise<PolicyBoundPayload> {
  const takenOver = since > 0 ? { effectiveFrom: stage.daysAgo(since), bookTransfer: true } : {};
  await stage.send(
    CustomerAssessmentRequest,
    {
      customerId: stage.customerId,
      purpose: 'QUOTE',
      product: 'MOTOR',
      motor: { district: 2, engine: '1-1.5l', driverAge: 41 },
      occupation: 'teacher',
      previousClaims: 0,
      bonusMalus: 1,
      ...takenOver,
    },
    since > 0 ? `a policy in force for ${since} days is taken over` : 'she asks for motor cover',
  );
  await stage.expect(RiskAssessmentCompleted);
  await stage.expect(PolicyRecommended);
  const quote = await stage.expect(QuoteIssued);
  await stage.send(
    AcceptQuote,
    { customerId: stage.customerId, quoteId: quote.payload.quoteId },
    `the customer accepts ${amountText(quote.payload.premium)} a year`,
  );
  return (await stage.expect(PolicyBound)).payload;
}

/** The quote that was accepted, and the policy that came of it. */
export function acceptedQuote(seen: Seen): readonly ReadBack[] {
  const { quoteId, policyId, premium, product } = seen(PolicyBound);
  return [
    { resource: 'quotes', id: quoteId, shows: { status: 'accepted', policyId, premium } },
    { resource: 'policies', id: policyId, shows: { quoteId, product, premium, version: 1 } },
  ];
}
