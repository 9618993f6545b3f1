import { text } from 'node:stream/consumers';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import {
  ADDRESS,
  type ChannelSetup,
  describeNotificationChannel,
  type Mood,
  NOTICE,
} from './notification-channel.suite.js';
import { SmtpChannel } from './smtp-channel.js';

interface Mail {
  readonly from: string;
  readonly to: readonly string[];
  readonly source: string;
}

class MailServer implements ChannelSetup {
  readonly mails: Mail[] = [];
  readonly channel: SmtpChannel;
  mood: Mood = 'takes';
  private isClosed = false;

  private constructor(
    private readonly server: SMTPServer,
    credentials: string,
  ) {
    const { port } = server.server.address() as AddressInfo;
    const url = `smtp://${credentials}127.0.0.1:${port}`;
    this.channel = new SmtpChannel({ url, from: 'Example Insurance <no-reply@example.com>' });
  }

  static async open(options: SMTPServerOptions = {}, credentials = ''): Promise<MailServer> {
    const take: SMTPServerOptions = {
      disabledCommands: ['AUTH', 'STARTTLS'],
      logger: false,
      closeTimeout: 10,
      onRcptTo: ({ address }, _, done) => opened.onRecipient(address, done),
      onData: (stream, session, done) => {
        const { mailFrom, rcptTo } = session.envelope;
        const from = mailFrom ? mailFrom.address : '';
        void text(stream).then((source) => {
          opened.mails.push({ from, to: rcptTo.map(({ address }) => address), source });
          if (opened.mood === 'loses the answer') opened.hangUp();
          else done();
        });
      },
      ...options,
    };
    const server = new SMTPServer(take);
    server.on('error', () => undefined); // Connections that the test breaks.
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const opened = new MailServer(server, credentials);
    return opened;
  }

  get keys(): readonly string[] {
    return this.mails.map(({ source }) => /^Message-ID: <(.+)@example\.com>\r$/im.exec(source)?.[1] ?? '');
  }

  async close(): Promise<void> {
    if (this.isClosed) return;
    this.isClosed = true;
    this.hangUp();
    await new Promise<void>((resolve) => this.server.close(resolve));
  }

  private hangUp(): void {
    for (const connection of this.server.connections as Set<{ _socket: { destroy(): void } }>) {
      connection._socket.destroy();
    }
  }

  private onRecipient(address: string, done: (error?: Error) => void): void {
    if (this.mood === 'is silent') return;
    if (this.mood === 'refuses') return done(answer(550, `<${address}>: no such mailbox`));
    if (this.mood === 'defers') return done(answer(450, `<${address}>: mailbox is full`));
    done();
  }
}

const answer = (responseCode: number, words: string): Error =>
  Object.assign(new Error(words), { responseCode });

describeNotificationChannel('SMTP', () => MailServer.open());

describe('e-mail', () => {
  const send = async (
    server: MailServer,
    notice: Partial<typeof NOTICE> = {},
    idempotencyKey = 'eff-1',
  ): Promise<Mail | undefined> => {
    try {
      const { signal } = new AbortController();
      await server.channel.deliver({ ...NOTICE, ...notice }, { idempotencyKey, signal });
      return server.mails[0];
    } finally {
      await server.close();
    }
  };

  it('goes from the sender of the settings to the one address, in words', async () => {
    const mail = await send(await MailServer.open());
    expect(mail).toMatchObject({ from: 'no-reply@example.com', to: [ADDRESS] });
    expect(mail?.source).toContain('From: Example Insurance <no-reply@example.com>');
    expect(mail?.source).toContain('Subject: Your claim is paid');
    expect(mail?.source).toContain('Auto-Submitted: auto-generated');
    expect(mail?.source).toContain('We have paid 350.00 GBP for your claim clm-1 (payment clm-1-pay-1).');
  });

  it('is not sent where there are no words for it', async () => {
    const server = await MailServer.open();
    await expect(send(server, { template: 'birthday' })).rejects.toMatchObject({ code: 'NO_LETTER' });
    expect(server.mails).toEqual([]);
  });

  it('waits, where the relay refuses the sender: that is a fault of the settings', async () => {
    const server = await MailServer.open({
      onMailFrom: (_, __, done) => done(answer(550, 'not you')),
    });
    await expect(send(server)).rejects.toMatchObject({ code: 'SMTP_FAILED', retriable: true });
  });

  it('waits, where the relay refuses the content for now, and not where it does for good', async () => {
    for (const [code, isRetriable] of [
      [451, true],
      [554, false],
    ] as const) {
      const server = await MailServer.open({
        onData: (stream, _, done) => void text(stream).then(() => done(answer(code, `about ${ADDRESS}`))),
      });
      await expect(send(server)).rejects.toMatchObject({ retriable: isRetriable });
    }
  });

  it('never sends a password over a connection that is not encrypted', async () => {
    let logins = 0;
    const server = await MailServer.open(
      {
        disabledCommands: ['STARTTLS'],
        allowInsecureAuth: true,
        onAuth: (_, __, done) => {
          logins++;
          done(null, { user: 'relay' });
        },
      },
      'relay:s3cret@',
    );
    await expect(send(server)).rejects.toMatchObject({ code: 'SMTP_FAILED', retriable: true });
    expect(logins).toBe(0);
  });
});
