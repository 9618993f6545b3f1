import {
  ClaimApproved,
  ClaimClosed,
  ClaimDenied,
  ClaimFiled,
  ClaimPaid,
  ClaimReferred,
  ClaimReopened,
  ClaimReserved,
  DecideReferredClaim,
  FileClaim,
  NotificationRequested,
  PaymentRefused,
  PaymentSettled,
  type Peril,
  ReserveReleased,
} from '@aika/contracts';
import { acceptedQuote, bindMotorPolicy } from './quote-to-bind.story.js';
import { amountText, gbp, type ReadBack, type Seen, type Story, type StoryStage } from './story.js';

const DAYS_IN_FORCE = 120;

interface Loss {
  readonly cause: Peril;
  readonly pounds: number;
  readonly daysAgo: number;
  readonly told: string;
}

async function fileClaim(stage: StoryStage, loss: Loss): Promise<void> {
  const policy = await bindMotorPolicy(stage, DAYS_IN_FORCE);
  await stage.send(
    FileClaim,
    {
      customerId: stage.customerId,
      policyId: policy.policyId,
      lossAt: stage.daysAgo(loss.daysAgo),
      reportedAt: stage.daysAgo(0),
      cause: loss.cause,
      estimatedLoss: gbp(loss.pounds),
      reporter: 'policyholder',
    },
    loss.told,
  );
}

/** Quote and policy of the claim's customer, and the claim as given. */
function claimShows(seen: Seen, shows: ReadBack['shows']): readonly ReadBack[] {
  return [...acceptedQuote(seen), { resource: 'claims', id: seen(ClaimFiled).claimId, shows }];
}

const smallClaim: Story = {
  name: 'small-claim-paid',
  title: 'A small claim is approved by rule and paid',
  expected: 'paid',
  async run(stage) {
    await fileClaim(stage, {
      cause: 'HAIL',
      pounds: 1_150,
      daysAgo: 2,
      told: 'hail dented the roof: a claim over £1,150.00',
    });
    await stage.expect(ClaimReserved);
    const approved = await stage.expect(ClaimApproved);
    await stage.expect(PaymentSettled);
    const paid = await stage.expect(ClaimPaid);
    const closed = await stage.expect(ClaimClosed);
    const asApproved = paid.payload.amount.amount === approved.payload.payable.amount;
    const byRule = approved.payload.approvedBy === 'AUTOMATIC';
    return asApproved && byRule && closed.payload.outcome === 'PAID'
      ? 'paid'
      : `closed ${closed.payload.outcome}`;
  },
  readBack: (seen) =>
    claimShows(seen, { status: 'closed', outcome: 'PAID', paid: seen(ClaimApproved).payable }),
};

const deniedClaim: Story = {
  name: 'claim-denied',
  title: 'A claim outside period and cover is denied with every reason',
  expected: 'denied: outside_policy_period, peril_not_covered',
  async run(stage) {
    await fileClaim(stage, {
      cause: 'FLOOD',
      pounds: 4_000,
      daysAgo: DAYS_IN_FORCE + 40,
      told: 'a flood from before the policy: a claim over £4,000.00',
    });
    const denied = await stage.expect(ClaimDenied);
    await stage.expect(ClaimClosed);
    await stage.expect(NotificationRequested, ({ template }) => /denied/i.test(template));
    const codes = denied.payload.reasons
      .map((reason) => reason.code)
      .filter((code) => !/notice|late/.test(code));
    return `denied: ${codes.sort().join(', ')}`;
  },
  readBack: (seen) => claimShows(seen, { status: 'closed', outcome: 'DENIED', paid: gbp(0), covered: false }),
};

const referredClaim: Story = {
  name: 'large-claim-referred',
  title: 'A large claim goes to a person, who approves it',
  expected: 'referred, approved by a person, paid',
  async run(stage) {
    await fileClaim(stage, {
      cause: 'COLLISION',
      pounds: 18_400,
      daysAgo: 3,
      told: 'a collision: a claim over £18,400.00',
    });
    const { payload } = await stage.expect(ClaimReferred);
    const decision = {
      customerId: stage.customerId,
      claimId: payload.claimId,
      decision: 'APPROVE' as const,
      decidedBy: 'jo.adjuster',
      reason: 'Repair estimate checked with the workshop.',
    };
    stage.tell(`a person would type: ${await stage.typed(DecideReferredClaim, decision)}`);
    await stage.send(DecideReferredClaim, decision, `jo.adjuster approves ${amountText(payload.payable)}`);
    const approved = await stage.expect(ClaimApproved);
    const paid = await stage.expect(ClaimPaid);
    await stage.expect(ClaimClosed);
    const right =
      approved.payload.approvedBy === 'jo.adjuster' && paid.payload.amount.amount === payload.payable.amount;
    return right ? 'referred, approved by a person, paid' : `approved by ${approved.payload.approvedBy}`;
  },
  readBack: (seen) =>
    claimShows(seen, {
      status: 'closed',
      outcome: 'PAID',
      paid: seen(ClaimReferred).payable,
      decidedBy: 'jo.adjuster',
    }),
};

const refusedPayment: Story = {
  name: 'payment-refused',
  title: 'The bank refuses the payment, and what was done is undone',
  expected: 'payment refused, reserve released, claim reopened',
  async run(stage) {
    await stage.refusePayments('ACCOUNT_CLOSED');
    await fileClaim(stage, {
      cause: 'THEFT',
      pounds: 1_900,
      daysAgo: 5,
      told: 'wheels stolen: a claim over £1,900.00',
    });
    const reserved = await stage.expect(ClaimReserved);
    await stage.expect(ClaimApproved);
    await stage.expect(PaymentRefused);
    const released = await stage.expect(ReserveReleased);
    await stage.expect(ClaimReopened);
    const whole = released.payload.released.amount === reserved.payload.reserve.amount;
    return whole ? 'payment refused, reserve released, claim reopened' : 'reserve released in part';
  },
  readBack: (seen) =>
    claimShows(seen, {
      status: 'reopened',
      reserve: undefined,
      paid: gbp(0),
      reasons: [seen(ClaimReopened).reason],
    }),
};

export const claimStories: readonly Story[] = [smallClaim, deniedClaim, referredClaim, refusedPayment];
