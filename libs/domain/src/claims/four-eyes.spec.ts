import type { Authority, Money } from '@aika/contracts';
import { describe, expect, it } from '@jest/globals';
import { specify } from '../testing.js';
import { claimDecider } from './claim.decider.js';
import {
  approved,
  command,
  covered,
  coverageVerified,
  dkk,
  filed,
  gbp,
  ids,
  referredLarge,
  reopenedAfterRefusal,
  reserved,
  riskAssessed,
} from './claim.fixtures.js';
import type { ClaimEvent } from './claim.messages.js';
import { ownLimit } from './four-eyes.js';

const claim = specify(claimDecider);
const approve = (decidedBy: string, role: Authority, limits: Money[] = [], amount?: Money) =>
  command('DECIDE_REFERRED_CLAIM', {
    decision: 'APPROVE',
    decidedBy,
    reason: 'Seen.',
    authority: { role, limits },
    ...(amount === undefined ? {} : { amount }),
  });
const deny = (decidedBy: string, role: Authority) =>
  command('DECIDE_REFERRED_CLAIM', {
    decision: 'DENY',
    decidedBy,
    reason: 'Seen.',
    authority: { role, limits: [] },
  });

/** 40,000 pounds: above the table's limit of an adjuster. */
const big = gbp(40_000);
const referredBig = [
  filed({ estimatedLoss: gbp(40_250) }),
  coverageVerified(covered()),
  riskAssessed(),
  reserved(big),
  {
    type: 'CLAIM_REFERRED',
    data: { ...ids, payable: big, fraudPoints: 0, requiredAuthority: 'MANAGER', reasons: [] },
  },
] as const satisfies readonly ClaimEvent[];

const proposal = (proposedBy: string, amount: Money): ClaimEvent => ({
  type: 'CLAIM_REFERRED',
  data: {
    ...ids,
    payable: big,
    fraudPoints: 0,
    requiredAuthority: 'MANAGER',
    reasons: [
      {
        code: 'above_own_authority',
        detail: `40,000.00 GBP is above the authority of ${proposedBy}, who proposes it: Seen.`,
      },
    ],
    proposal: { proposedBy, amount },
  },
});
const seen = { code: 'approved_by_person', detail: 'Seen.' };
const byAnna = { code: 'proposed_by_person', detail: 'anna proposed 40,000.00 GBP.' };

describe('an approval within the own authority', () => {
  it('needs nobody else', () => {
    claim
      .given(...referredLarge)
      .when(approve('anna', 'ADJUSTER'))
      .then(approved(gbp(10_000), 'anna', seen));
    claim
      .given(...referredLarge)
      .when(approve('anna', 'ADJUSTER', [gbp(10_000)]))
      .then(approved(gbp(10_000), 'anna', seen));
    claim
      .given(...referredBig)
      .when(approve('mia', 'MANAGER'))
      .then(approved(big, 'mia', seen));
  });

  it('is not asked for where the sender names none', () => {
    const { data, ...rest } = approve('anna', 'ADJUSTER');
    const { authority: _authority, ...unchecked } = data;
    claim
      .given(...referredBig)
      .when({ ...rest, data: unchecked })
      .then(approved(big, 'anna', seen));
  });
});

describe('an approval above the own authority', () => {
  it('is proposed to a manager, and pays nothing', () => {
    claim
      .given(...referredBig)
      .when(approve('anna', 'ADJUSTER'))
      .then(proposal('anna', big));
  });

  it.each([
    ['by a limit of their own', [gbp(9_999.99)]],
    ['by a limit of nothing', [gbp(0)]],
  ])('is proposed %s', (_name, limits) => {
    const { events } = claim
      .given(...referredLarge)
      .when(approve('anna', 'ADJUSTER', limits))
      .outcome();
    expect(events).toMatchObject([
      { type: 'CLAIM_REFERRED', data: { requiredAuthority: 'MANAGER', proposal: { proposedBy: 'anna' } } },
    ]);
  });

  it("is not got round by a smaller amount of a claim that is a manager's", () => {
    const { events } = claim
      .given(...referredBig)
      .when(approve('anna', 'ADJUSTER', [], gbp(100)))
      .outcome();
    expect(events).toMatchObject([{ type: 'CLAIM_REFERRED', data: { proposal: { amount: gbp(100) } } }]);
  });

  it('of a reopened claim is proposed as well', () => {
    const { events } = claim
      .given(...reopenedAfterRefusal)
      .when(approve('anna', 'ADJUSTER', [gbp(1)]))
      .outcome();
    expect(events).toMatchObject([{ type: 'CLAIM_REFERRED', data: { proposal: { proposedBy: 'anna' } } }]);
  });

  it('of a manager with a limit needs another manager', () => {
    const limits = [gbp(30_000)];
    claim
      .given(...referredBig)
      .when(approve('mia', 'MANAGER', limits))
      .then(proposal('mia', big));
    const second = { code: 'proposed_by_person', detail: 'mia proposed 40,000.00 GBP.' };
    claim
      .given(...referredBig, proposal('mia', big))
      .when(approve('max', 'MANAGER', limits))
      .then(approved(big, 'max', seen, second));
  });
});

describe('the second approval', () => {
  const proposed = [...referredBig, proposal('anna', big)];

  it('is of a manager, and names the first', () => {
    claim
      .given(...proposed)
      .when(approve('mia', 'MANAGER', [gbp(1)]))
      .then(approved(big, 'mia', seen, byAnna));
  });

  it('may be of less, not of more, than was proposed', () => {
    const half = [...referredBig, proposal('anna', gbp(20_000))];
    const less = { code: 'proposed_by_person', detail: 'anna proposed 20,000.00 GBP.' };
    claim
      .given(...half)
      .when(approve('mia', 'MANAGER', [gbp(1)], gbp(15_000)))
      .then(approved(gbp(15_000), 'mia', seen, less));
    const { events } = claim
      .given(...half)
      .when(approve('mia', 'MANAGER', [gbp(1)], gbp(20_000.01)))
      .outcome();
    expect(events).toMatchObject([{ type: 'CLAIM_REFERRED', data: { proposal: { proposedBy: 'mia' } } }]);
  });

  it('is not of the same person, whatever their role has become', () => {
    claim
      .given(...proposed)
      .when(approve('anna', 'ADJUSTER'))
      .thenNothing();
    claim
      .given(...proposed)
      .when(approve('anna', 'MANAGER', [gbp(1)]))
      .thenNothing();
  });

  it('is not of another adjuster', () => {
    claim
      .given(...proposed)
      .when(approve('bo', 'ADJUSTER', [gbp(50_000)]))
      .thenRejected('second_approval_by_manager');
  });

  it('may be a denial', () => {
    const { events } = claim
      .given(...proposed)
      .when(deny('mia', 'MANAGER'))
      .outcome();
    expect(events.map(({ type }) => type)).toEqual(['RESERVE_RELEASED', 'CLAIM_DENIED', 'CLAIM_CLOSED']);
  });
});

describe('the own limit', () => {
  it('is what the identity says, else the table of the role', () => {
    expect(ownLimit({ role: 'ADJUSTER', limits: [dkk(5)] }, 'DKK')).toBe(500);
    expect(ownLimit({ role: 'ADJUSTER', limits: [dkk(5)] }, 'GBP')).toBe(2_500_000);
    expect(ownLimit({ role: 'MANAGER', limits: [] }, 'GBP')).toBe(Number.MAX_SAFE_INTEGER);
  });
});
