// Every kind of refusal and silence of a mail server, from a real one on loopback.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { SMTPServerOptions } from 'smtp-server';
import { createSmtpMailer } from '../../../adapters/smtp/mailer.ts';
import type { TocsinError } from '../../../shared/core/errors.ts';
import { aSmtpServer, smtpReply } from '../../support/smtp-server.ts';

const tlsFile = (name: string): string => readFileSync(new URL(`../../fixtures/tls/${name}`, import.meta.url), 'utf8');
const SELF_SIGNED = { cert: tlsFile('self-signed.pem'), key: tlsFile('server.key') };

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const MAIL = {
  to: 'reader@example.org',
  subject: 'Convoy',
  text: 'text',
  html: '<p>html</p>',
  headers: {},
  messageId: 'a.b@example.org',
};

async function listening(options: SMTPServerOptions): Promise<number> {
  const { port, close } = await aSmtpServer(options);
  closers.push(close);
  return port;
}

/** A server that says only what the test writes into each connection. */
async function scripted(converse: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    converse(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as AddressInfo).port;
}

const mailerFor = (url: string, limits = {}) =>
  createSmtpMailer({ url, from: 'alerts@example.org', replyTo: null, limits });

async function failureOf(work: Promise<unknown>): Promise<TocsinError> {
  return work.then(
    () => {
      throw new Error('it was taken');
    },
    (error: TocsinError) => error,
  );
}

const at = (hook: 'onMailFrom' | 'onRcptTo', code: number, text: string): SMTPServerOptions => ({
  [hook]: (_address: unknown, _session: unknown, done: (error: Error) => void) => done(smtpReply(code, text)),
});
const afterData = (code: number, text: string): SMTPServerOptions => ({
  onData: (stream, _session, done) => {
    stream.resume();
    stream.on('end', () => done(smtpReply(code, text)));
  },
});

/** The login, the sender, what the sender may do: for a human to cure, and no word about the reader. */
const ABOUT_US: readonly [string, SMTPServerOptions, string][] = [
  ['the sender', at('onMailFrom', 550, '5.7.1 not yours'), 'refused this sender: "550 5.7.1 not yours"'],
  ['the sender, without a detailed code', at('onMailFrom', 553, 'no'), 'refused this sender: "553 no"'],
  ['a sender that does not exist', at('onRcptTo', 550, '5.1.8 no such sender'), 'refused this sender'],
  ['mail without a login', at('onMailFrom', 530, '5.7.0 authenticate first'), 'refused the login: "530'],
  ['mail for elsewhere', at('onRcptTo', 554, 'Relay access denied'), 'refused this sender: "554 Relay access denied"'],
  ['our address', at('onRcptTo', 550, '5.7.1 blocked by a list'), 'refused this sender: "550 5.7.1 blocked by a list"'],
  ['by policy, after the mail', afterData(554, '5.7.1 policy'), 'refused this sender: "554 5.7.1 policy"'],
];

const ABOUT_THE_MESSAGE: readonly [string, SMTPServerOptions, string][] = [
  ['a size, announced', at('onMailFrom', 552, '5.3.4 too big'), '"552 5.3.4 too big"'],
  ['a size, without a detailed code', at('onMailFrom', 552, 'too big'), '"552 too big"'],
  ['a size, told at the recipient', at('onRcptTo', 552, '5.2.3 too big'), '"552 5.2.3 too big"'],
  ['the content, told at the recipient', at('onRcptTo', 554, '5.6.0 no'), '"554 5.6.0 no"'],
  ['the content', afterData(554, '5.6.0 no'), '"554 5.6.0 no"'],
  ['the whole, without a detailed code', afterData(554, 'Transaction failed'), '"554 Transaction failed"'],
];

const ABOUT_THE_RECIPIENT: readonly [string, SMTPServerOptions, string][] = [
  ['no such mailbox', at('onRcptTo', 550, '5.1.1 <reader@example.org>: unknown'), '"550 5.1.1 <(address)>: unknown"'],
  ['no such mailbox, without a detailed code', at('onRcptTo', 550, 'unknown'), '"550 unknown"'],
  ['a full mailbox', at('onRcptTo', 552, '5.2.2 full'), '"552 5.2.2 full"'],
  ['told after the mail', afterData(550, '5.1.1 unknown'), '"550 5.1.1 unknown"'],
];

const FOR_NOW: readonly [string, SMTPServerOptions, string][] = [
  ['greylisting', at('onRcptTo', 450, '4.2.0 greylisted, come back'), '"450 4.2.0 greylisted, come back"'],
  ['a busy server', at('onMailFrom', 421, '4.3.2 shutting down'), '"421 4.3.2 shutting down"'],
  ['a failure after the mail', afterData(451, '4.3.0 local error'), '"451 4.3.0 local error"'],
];

describe('a refusal of the mail server, quoted', () => {
  const cases = [
    ...ABOUT_US.map((each) => ['sender_refused', false, ...each] as const),
    ...ABOUT_THE_MESSAGE.map((each) => ['message_refused', false, ...each] as const),
    ...ABOUT_THE_RECIPIENT.map((each) => ['delivery_refused', false, ...each] as const),
    ...FOR_NOW.map((each) => ['service_unavailable', true, ...each] as const),
  ];

  it.each(cases)('%s, another try %s: %s', async (code, retryable, _what, options, quoted) => {
    const port = await listening(options);

    const error = await failureOf(mailerFor(`smtp://127.0.0.1:${port}`).sendMail(MAIL));

    expect(error).toMatchObject({ code, retryable });
    expect(error.message).toContain(`127.0.0.1:${port} `);
    expect(error.message).toContain(quoted);
    expect(withCauses(error)).not.toContain('reader@example.org');
  });

  it('is one printable line, however the server words it', async () => {
    const port = await scripted((socket) => {
      socket.write('220 ready\r\n');
      socket.on('data', (chunk) => {
        const isEhlo = /^EHLO/i.test(chunk.toString());
        socket.write(
          isEhlo ? '250 hello\r\n' : `550-5.7.1 \u001b[2Jfirst "line"\r\n550 5.7.1 ${'long '.repeat(100)}\r\n`,
        );
      });
    });

    const { message } = await failureOf(mailerFor(`smtp://127.0.0.1:${port}`).sendMail(MAIL));

    expect(message).toMatch(/^[\x20-\x7e…]+$/);
    expect(message).toContain(`"550-5.7.1 [2Jfirst 'line' 550 5.7.1 long long`);
    expect(message.length).toBeLessThan(420);
  });
});

describe('a login', () => {
  const refusing: SMTPServerOptions = {
    authOptional: false,
    allowInsecureAuth: true,
    onAuth: (auth, _session, done) =>
      done(smtpReply(535, `5.7.8 wrong: ${auth.password} ${Buffer.from(auth.password ?? '').toString('base64')}`)),
  };

  it('that is refused is for a human to cure; no password is shown', async () => {
    const port = await listening(refusing);

    const error = await failureOf(mailerFor(`smtp://me:hunter%402@127.0.0.1:${port}`).sendMail(MAIL));

    expect(error).toMatchObject({ code: 'sender_refused', retryable: false });
    expect(error.message).toContain('refused the login: "535 5.7.8 wrong: (secret) (secret)"');
    expect(error.message).toContain('Check user name and password in TOCSIN_SMTP_URL');
    expect(withCauses(error)).not.toContain('hunter');
  });

  it('is tried by the check, which sends nothing', async () => {
    const names: (string | undefined)[] = [];
    const { port, received, close } = await aSmtpServer({
      allowInsecureAuth: true,
      onAuth: ({ username, password }, _session, done) => {
        names.push(username);
        done(password === 'p@ss:word' ? null : smtpReply(535, '5.7.8 no'), { user: username });
      },
    });
    closers.push(close);

    await mailerFor(`smtp://me%40example.org:p%40ss%3Aword@127.0.0.1:${port}`).check();
    const error = await failureOf(mailerFor(`smtp://me:wrong@127.0.0.1:${port}`).check());

    expect(names).toEqual(['me@example.org', 'me']);
    expect(error.code).toBe('sender_refused');
    expect(received).toEqual([]);
  });
});

describe('a mail server that cannot be spoken with', () => {
  const failureAt = (url: string, limits = {}): Promise<TocsinError> =>
    failureOf(mailerFor(url, limits).sendMail(MAIL));

  it('has a closed port', async () => {
    const { port, close } = await aSmtpServer();
    await close();

    const error = await failureAt(`smtp://127.0.0.1:${port}`);

    expect(error).toMatchObject({ code: 'service_unavailable', retryable: true });
    expect(error.message).toBe(
      `127.0.0.1:${port}: nothing listens there. Is it the right port, and does the mail server run? (ECONNREFUSED)`,
    );
  });

  it('has a name without an address', async () => {
    const error = await failureAt('smtp://mail.invalid', { dnsTimeout: 2_000 });

    expect(error).toMatchObject({ code: 'service_unavailable', retryable: true });
    expect(error.message).toMatch(/^mail\.invalid:587: the name of the mail server has no address/);
  });

  it('never answers', async () => {
    const port = await scripted(() => {});

    const error = await failureAt(`smtp://127.0.0.1:${port}`, { connectionTimeout: 30, greetingTimeout: 30 });

    expect(error).toMatchObject({ code: 'service_unavailable', retryable: true });
    expect(error.message).toContain('the mail server did not answer in time (ETIMEDOUT)');
  });

  it('falls silent', async () => {
    const port = await listening({ onMailFrom: () => {} });

    const error = await failureAt(`smtp://127.0.0.1:${port}`, { socketTimeout: 30 });

    expect(error.message).toContain('the mail server did not answer in time (ETIMEDOUT)');
  });

  it('disconnects in the middle of the mail, so that it is unknown whether it was accepted', async () => {
    const port = await scripted((socket) => {
      socket.write('220 ready\r\n');
      socket.on('data', (chunk) => {
        const text = chunk.toString();
        if (/^DATA/im.test(text)) socket.write('354 go on\r\n');
        else if (/^(EHLO|MAIL|RCPT)/i.test(text)) socket.write('250 ok\r\n');
        else socket.destroy();
      });
    });

    const error = await failureAt(`smtp://127.0.0.1:${port}`);

    expect(error).toMatchObject({ code: 'service_unavailable', retryable: true });
    expect(error.message).toContain('ended the connection before it had answered');
    expect(error.message).toContain('It may have taken the mail all the same: the next try has the same Message-ID');
  });

  it('disconnects while it is checked, when there is no mail that may have been accepted', async () => {
    const port = await scripted((socket) => socket.end());

    const error = await failureOf(mailerFor(`smtp://127.0.0.1:${port}`).check());

    expect(error).toMatchObject({ code: 'service_unavailable', retryable: true });
    expect(error.message).toMatch(/ended the connection before it had answered \(\w+\)$/);
  });

  it.each([
    ['from the start', 'smtps', { ...SELF_SIGNED, secure: true }],
    ['after STARTTLS', 'smtp', { ...SELF_SIGNED, disabledCommands: [] }],
  ])('has a self-signed certificate (%s)', async (_when, scheme, options: SMTPServerOptions) => {
    const port = await listening(options);

    const error = await failureAt(`${scheme}://127.0.0.1:${port}`);

    expect(error).toMatchObject({ code: 'service_unavailable', retryable: true });
    expect(error.message).toContain('is self-signed or its issuer is unknown. If it is your own, name it to Node');
  });

  it('does not speak TLS from the start', async () => {
    const port = await listening({});

    const error = await failureAt(`smtps://127.0.0.1:${port}`);

    expect(error.message).toContain('most others, on port 587 or 25, want smtp://');
  });
});

const withCauses = (error: unknown): string =>
  error instanceof Error
    ? `${error.name} ${error.message} ${JSON.stringify(error)} ${withCauses(error.cause)}`
    : String(error);
