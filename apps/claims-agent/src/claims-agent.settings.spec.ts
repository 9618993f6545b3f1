import { loadSettings } from '@aika/messaging/nest';
import { describe, expect, it } from '@jest/globals';
import { ClaimsAgentSettings } from './claims-agent.settings.js';

describe('the settings of the claims agent', () => {
  const load = (env: Record<string, string>) => loadSettings(ClaimsAgentSettings, env);

  it('has the sandbox and five minutes by default', () => {
    expect(load({})).toMatchObject({ paymentsUrl: 'http://127.0.0.1:3190', claimAnswersWithinMs: 300_000 });
  });

  it('reads them from the environment', () => {
    const terms = {
      AIKA_CLAIM_DECISION_WITHIN_MS: '100',
      AIKA_CLAIM_MANAGER_DECISION_WITHIN_MS: '200',
      AIKA_CLAIM_INFORMATION_WITHIN_MS: '300',
    };
    expect(load(terms)).toMatchObject({
      claimDecisionWithinMs: 100,
      claimManagerDecisionWithinMs: 200,
      claimInformationWithinMs: 300,
    });
    const env = { AIKA_PAYMENTS_URL: 'http://payments:3190', AIKA_CLAIM_ANSWERS_WITHIN_MS: '2000' };
    expect(load(env)).toMatchObject({ paymentsUrl: 'http://payments:3190', claimAnswersWithinMs: 2_000 });
  });

  it.each([
    ['AIKA_PAYMENTS_URL', 'payments:3190'],
    ['AIKA_PAYMENTS_URL', 'ftp://payments'],
    ['AIKA_CLAIM_ANSWERS_WITHIN_MS', 'soon'],
    ['AIKA_CLAIM_ANSWERS_WITHIN_MS', '0'],
    ['AIKA_CLAIM_DECISION_WITHIN_MS', '99'],
    ['AIKA_CLAIM_MANAGER_DECISION_WITHIN_MS', '-1'],
    ['AIKA_CLAIM_INFORMATION_WITHIN_MS', '1e12'],
  ])('refuses %s=%s and names it', (name, value) => {
    expect(() => load({ [name]: value })).toThrow(name);
  });
});
