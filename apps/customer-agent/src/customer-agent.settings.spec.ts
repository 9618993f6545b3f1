import { loadSettings } from '@aika/messaging/nest';
import { describe, expect, it } from '@jest/globals';
import { CustomerAgentSettings } from './customer-agent.settings.js';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const smtp = { AIKA_SMTP_URL: 'smtp://relay:pa%2Fss@mail:2525', AIKA_SMTP_FROM: 'no-reply@example.com' };
const webhook = { AIKA_WEBHOOK_URL: 'https://hooks.example.com/aika', AIKA_WEBHOOK_SECRETS: secret };

describe('the settings of the customer agent', () => {
  const load = (env: Record<string, string>) => loadSettings(CustomerAgentSettings, env);

  it('have no channel but the log by default', () => {
    expect(load({})).toMatchObject({ smtpUrl: '', smtpFrom: '', webhookUrl: '', webhookSecrets: [] });
  });

  it('are read from the environment', () => {
    expect(load({ ...smtp, ...webhook })).toMatchObject({
      smtpUrl: 'smtp://relay:pa%2Fss@mail:2525',
      smtpFrom: 'no-reply@example.com',
      webhookUrl: 'https://hooks.example.com/aika',
      webhookSecrets: [secret],
    });
  });

  it('take a name before the sender, and more than one secret while it is changed', () => {
    const AIKA_SMTP_FROM = 'Example Insurance <no-reply@example.com>';
    const AIKA_WEBHOOK_SECRETS = `${secret}, ${secret}`;
    expect(load({ ...smtp, AIKA_SMTP_FROM, ...webhook, AIKA_WEBHOOK_SECRETS })).toMatchObject({
      smtpFrom: AIKA_SMTP_FROM,
      webhookSecrets: [secret, secret],
    });
  });

  it.each([
    ['AIKA_SMTP_URL', { ...smtp, AIKA_SMTP_URL: 'mail:25' }],
    ['AIKA_SMTP_URL', { ...smtp, AIKA_SMTP_URL: 'https://mail' }],
    ['AIKA_SMTP_FROM', { AIKA_SMTP_URL: smtp.AIKA_SMTP_URL }],
    ['AIKA_SMTP_FROM', { ...smtp, AIKA_SMTP_FROM: 'a@example.com, b@example.com' }],
    ['AIKA_SMTP_FROM', { ...smtp, AIKA_SMTP_FROM: 'nobody' }],
    ['AIKA_WEBHOOK_URL', { ...webhook, AIKA_WEBHOOK_URL: 'hooks.example.com' }],
    ['AIKA_WEBHOOK_URL', { ...webhook, AIKA_WEBHOOK_URL: 'https://user:pass@hooks.example.com' }],
    ['AIKA_WEBHOOK_SECRETS', { AIKA_WEBHOOK_URL: webhook.AIKA_WEBHOOK_URL }],
    ['AIKA_WEBHOOK_SECRETS', { ...webhook, AIKA_WEBHOOK_SECRETS: `${secret},hunter2` }],
  ])('that are wrong are named: %s of %j', (name, env) => {
    expect(() => load(env)).toThrow(name);
  });

  it('never show a secret that is wrong', () => {
    const env = { AIKA_SMTP_URL: 'smtp:/relay:s3cret@mail', AIKA_WEBHOOK_SECRETS: 's3cret' };
    expect(() => load(env)).toThrow(/AIKA_SMTP_URL: .*not shown/);
    expect(() => load(env)).toThrow(/AIKA_WEBHOOK_SECRETS: .*not shown/);
    expect(() => load(env)).not.toThrow('s3cret');
  });
});
