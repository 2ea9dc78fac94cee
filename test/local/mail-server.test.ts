// From the handlers' mailer through the outbox to a real mail server, and back.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SMTPServerOptions } from 'smtp-server';
import { createSmtpMailer } from '../../adapters/smtp/mailer.ts';
import { createLocalSubscriptions, createOutboxMailer } from '../../local/aws/local-ports.ts';
import { LocalSns } from '../../local/aws/sns.ts';
import { confirmationMail } from '../../local/aws/sns-endpoints.ts';
import { MailServer, type MailServerNews } from '../../local/mail/mail-server.ts';
import { Outbox } from '../../local/mail/outbox.ts';
import { LocalQueues } from '../../local/queues/queues.ts';
import type { TocsinError } from '../../shared/core/errors.ts';
import { defaultSettings } from '../../shared/model/settings.ts';
import { aClock } from '../support/builders.ts';
import { aSmtpServer, smtpReply, type TestSmtpServer } from '../support/smtp-server.ts';

const HOUR_MS = 60 * 60_000;
const MAIL = {
  to: 'reader@example.org',
  subject: 'Convoy',
  text: 'text',
  html: '<p>html</p>',
  headers: { 'X-Tocsin-Delivery': 'match.subscription' },
  messageId: 'unused',
};

let folder: string;
let queues: LocalQueues;
let smtp: TestSmtpServer;
let server: MailServer;
let outbox: Outbox;
let news: MailServerNews[];
const clock = aClock();
/** What the mail server does with the next mails; changed by a test on the way. */
let hooks: SMTPServerOptions;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-mail-'));
  queues = new LocalQueues(':memory:');
  hooks = {};
  news = [];
  smtp = await aSmtpServer({
    onMailFrom: (...all) => (hooks.onMailFrom ?? ((_address, _session, done) => done()))(...all),
    onRcptTo: (...all) => (hooks.onRcptTo ?? ((_address, _session, done) => done()))(...all),
  });
  connectTo(smtp.port);
});

afterEach(async () => {
  await smtp.close();
  queues.close();
  rmSync(folder, { recursive: true, force: true });
});

function connectTo(port: number): void {
  const url = `smtp://127.0.0.1:${port}`;
  server = new MailServer(createSmtpMailer({ url, from: 'alerts@example.org', replyTo: null }), clock);
  server.onNews((each) => news.push(each));
  outbox = new Outbox(folder, server);
}

const mailer = () => createOutboxMailer(outbox, { from: 'alerts@example.org' });

const failureOf = (mail = MAIL): Promise<TocsinError> =>
  mailer()
    .sendMail(mail)
    .then(
      () => {
        throw new Error('it was taken');
      },
      (error: TocsinError) => error,
    );

const mailTo = (name: string) => ({
  ...MAIL,
  to: `${name}@example.org`,
  headers: { 'X-Tocsin-Delivery': `match.${name}` },
});

describe('a failure of the mail server', () => {
  it.each([
    ['onRcptTo', 550, '5.1.1 no such user', 'delivery_refused', 'refused the recipient: "550 5.1.1 no such user"'],
    ['onMailFrom', 550, '5.7.1 not yours', 'sender_refused', 'refused this sender: "550 5.7.1 not yours"'],
    ['onMailFrom', 552, '5.3.4 too big', 'message_refused', 'refused the message: "552 5.3.4 too big"'],
    ['onRcptTo', 450, '4.2.0 greylisted', 'service_unavailable', 'for now: "450 4.2.0 greylisted"'],
  ] as const)('at %s (%i %s) reaches the handlers as %s, as the server said it', async (hook, code, text, as, says) => {
    let tries = 0;
    hooks = {
      [hook]: (_address: unknown, _session: unknown, done: (error: Error) => void) => {
        tries += 1;
        done(smtpReply(code, text));
      },
    };

    const error = await failureOf();

    expect(error.code).toBe(as);
    expect(error.message).toContain(says);
    // The pipeline has its own times for another try.
    expect(tries).toBe(1);
    expect(outbox.list()).toEqual([]);
  });

  it('is reported once for each kind, however many mails fail, and so is the end of it', async () => {
    const { port } = smtp;
    await smtp.close();
    for (const name of ['one', 'two', 'three']) await failureOf(mailTo(name));
    smtp = await aSmtpServer({}, port);

    await mailer().sendMail(mailTo('one'));
    await mailer().sendMail(mailTo('two'));

    expect(news).toEqual([
      {
        kind: 'problem',
        to: null,
        isTriedAgain: true,
        isAlert: true,
        more: 0,
        message: expect.stringContaining(`127.0.0.1:${port}: nothing listens there`),
      },
      { kind: 'works', failures: 3 },
    ]);
  });

  it('is told from a failure of an alert where the mail asks an address to confirm', async () => {
    await smtp.close();
    const question = { ...mailTo('one'), headers: { 'X-Tocsin-Delivery': 'confirm.subscription-1.link.1' } };

    await failureOf(question);

    expect(news).toMatchObject([{ kind: 'problem', isAlert: false }]);
    smtp = await aSmtpServer();
  });

  it('is counted from zero when it comes back', async () => {
    const down = {
      onMailFrom: (_address: unknown, _session: unknown, done: (error: Error) => void) => done(smtpReply(451, 'no')),
    };
    for (const name of ['one', 'two']) {
      hooks = down;
      await failureOf(mailTo(name));
      hooks = {};
      await mailer().sendMail(mailTo(name));
    }

    expect(news.map((each) => (each.kind === 'works' ? each.failures : each.more))).toEqual([0, 1, 0, 1]);
  });

  it('is reported again after an hour, with the number of failures since', async () => {
    const { port } = smtp;
    await smtp.close();
    await server.check();
    await server.check();
    clock.advance(HOUR_MS - 1);
    await server.check();
    clock.advance(1);
    await server.check();
    smtp = await aSmtpServer({}, port);

    expect(news.map((each) => (each.kind === 'problem' ? each.more : each))).toEqual([0, 2]);
  });

  it('is reported again when the clock was set back by days', async () => {
    const { port } = smtp;
    await smtp.close();
    await server.check();
    clock.advance(-2 * 24 * HOUR_MS);
    await server.check();
    smtp = await aSmtpServer({}, port);

    expect(news.map(({ kind }) => kind)).toEqual(['problem', 'problem']);
  });

  it('is of one kind whatever else the server writes into its text', async () => {
    let count = 0;
    hooks = { onMailFrom: (_address, _session, done) => done(smtpReply(451, `4.3.0 queue id ${count++}`)) };

    await failureOf(mailTo('one'));
    await failureOf(mailTo('two'));
    hooks = { onMailFrom: (_address, _session, done) => done(smtpReply(452, '4.3.1 disk full')) };
    await failureOf(mailTo('three'));

    expect(news.map((each) => each.kind === 'problem' && each.message)).toEqual([
      expect.stringContaining('"451 4.3.0 queue id 0"'),
      expect.stringContaining('"452 4.3.1 disk full"'),
    ]);
  });
});

describe('the state of the mail server', () => {
  it('is unknown, then what the check found, since when and why', async () => {
    const { port } = smtp;
    expect(server.state()).toEqual({ server: `127.0.0.1:${port}`, state: 'unknown', since: null, problem: null });

    await server.check();
    expect(server.state()).toMatchObject({ state: 'ok', since: clock.now().toISOString(), problem: null });

    await smtp.close();
    const since = clock.now().toISOString();
    await server.check();
    clock.advance(HOUR_MS);
    await server.check();
    smtp = await aSmtpServer({}, port);
    expect(server.state()).toMatchObject({ state: 'failing', since, problem: expect.stringContaining('ECONNREFUSED') });
    expect(smtp.received).toEqual([]);
  });

  it('stays failing while the sender is refused, though the login works', async () => {
    hooks = { onMailFrom: (_address, _session, done) => done(smtpReply(550, '5.7.1 not yours')) };
    await failureOf();

    await server.check();
    expect(server.state().state).toBe('failing');

    hooks = {};
    await mailer().sendMail(MAIL);
    expect(server.state().state).toBe('ok');
  });

  it.each([
    [550, '5.1.1 no such user', false],
    [450, '4.2.0 greylisted', true],
  ])('is well when one recipient is refused (%i)', async (code, text, isTriedAgain) => {
    await server.check();
    hooks = { onRcptTo: (_address, _session, done) => done(smtpReply(code, text)) };

    await failureOf();

    expect(server.state().state).toBe('ok');
    expect(news.at(-1)).toMatchObject({ kind: 'problem', to: 'reader@example.org', isTriedAgain });
  });
});

describe('a mail by way of the outbox', () => {
  it('is sent under a Message-ID of its delivery and the sender’s domain, the copy too', async () => {
    await mailer().sendMail(MAIL);

    expect(smtp.received[0]?.raw).toContain('Message-ID: <match.subscription@example.org>');
    expect(outbox.read(1, 'eml')).toContain('Message-ID: <match.subscription@example.org>');
    expect(outbox.list()).toMatchObject([{ via: 'smtp', messageId: 'match.subscription@example.org' }]);
  });

  it('is sent once when its sender gives up waiting and tries again before the mail server has answered', async () => {
    let goOn: () => void = () => {};
    const asked = new Promise<void>((resolve) => {
      hooks = {
        onRcptTo: (_address, _session, done) => {
          goOn = done;
          resolve();
        },
      };
    });
    const first = mailer().sendMail(MAIL);
    await asked;

    const second = outbox.take({ ...MAIL, from: 'alerts@example.org' });
    goOn();

    expect(await second).toBe((await first).providerId);
    expect(smtp.received).toHaveLength(1);
    expect(outbox.list()).toHaveLength(1);
  });

  it('counts as sent when only its copy cannot be kept', async () => {
    rmSync(folder, { recursive: true });

    await mailer().sendMail(MAIL);
    await mailer().sendMail(MAIL);

    expect(smtp.received).toHaveLength(1);
  });
});

describe('a mail that asks to confirm a subscription by SNS', () => {
  const settings = { ...defaultSettings, mail: { ...defaultSettings.mail, from: 'alerts@example.org' } };
  const publicUrl = (): string => 'https://tocsin.example.org';
  const subscribe = () =>
    createLocalSubscriptions(new LocalSns(queues), async (address, token) => {
      await outbox.take(confirmationMail(address, token, { settings, publicUrl }));
    }).subscribeEmail('reader@example.org', ['*']);

  it('comes from the sender, with its Message-ID and a link under the public address', async () => {
    await subscribe();

    const [{ from, to, raw } = { from: '', to: [], raw: '' }] = smtp.received;
    expect([from, to]).toEqual(['alerts@example.org', ['reader@example.org']]);
    expect(raw).toMatch(/Message-ID: <[^@>]+@example\.org>/);
    expect(raw).toContain('https://tocsin.example.org/sns/confirm/');
    expect(outbox.read(1, 'eml')).toContain('From: alerts@example.org');
  });

  it('is refused by the mail server in its own words', async () => {
    hooks = { onRcptTo: (_address, _session, done) => done(smtpReply(550, '5.1.1 no such user')) };

    const error = (await subscribe().catch((thrown: unknown) => thrown)) as TocsinError;

    expect(error.code).toBe('delivery_refused');
    expect(error.message).toContain('refused the recipient: "550 5.1.1 no such user"');
  });
});
