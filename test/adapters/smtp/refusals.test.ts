// What each answer of a mail server means, by its code alone; from real connections: failures.test.ts.
import { type SmtpError, scopeOf, toMailFailure } from '../../../adapters/smtp/failures.ts';
import {
  DeliveryRefusedError,
  MessageRefusedError,
  SenderRefusedError,
  ServiceUnavailableError,
} from '../../../shared/core/errors.ts';

const SERVER = { host: 'mail.example.org', port: 587, secure: false, login: null };
const WITH_LOGIN = { ...SERVER, login: { user: 'me', password: 'pass"word' } };

const answered = (response: string, command = 'DATA', code = 'EMESSAGE'): SmtpError =>
  Object.assign(new Error(response), { code, command, response, responseCode: Number(response.slice(0, 3)) });
const broken = (code: string | undefined, originalCode?: string, message = 'as Node says it'): SmtpError =>
  Object.assign(new Error(message), { code, originalCode, command: 'CONN' }) as SmtpError;

const LOGIN = [SenderRefusedError, 'the login', '. Check user name and password in TOCSIN_SMTP_URL'] as const;
const SENDER = [
  SenderRefusedError,
  'this sender',
  '. Check mail.from in config/tocsin.yaml, and that the server lets this machine send for it',
] as const;
const MESSAGE = [MessageRefusedError, 'the message', ''] as const;
const RECIPIENT = [DeliveryRefusedError, 'the recipient', '. Check the address'] as const;

describe('a refusal', () => {
  it.each<[response: string, command: string, is: typeof LOGIN | typeof SENDER | typeof MESSAGE | typeof RECIPIENT]>([
    ['530 who are you', 'MAIL FROM', LOGIN],
    ['534 no', 'MAIL FROM', LOGIN],
    ['535 no', 'MAIL FROM', LOGIN],
    ['538 no', 'MAIL FROM', LOGIN],
    ['550 no', 'AUTH', LOGIN],
    ['550 5.7.1 policy', 'RCPT TO', SENDER],
    ['550 5.1.7 sender address', 'RCPT TO', SENDER],
    ['550 5.1.8 sender domain', 'RCPT TO', SENDER],
    ['550 we do not Relay', 'RCPT TO', SENDER],
    ['552 5.2.3 too large', 'RCPT TO', MESSAGE],
    ['552 5.3.4 too large', 'RCPT TO', MESSAGE],
    ['554 5.6.0 content', 'RCPT TO', MESSAGE],
    ['550 5.1.1 unknown', 'DATA', RECIPIENT],
    ['550 5.1.6 moved', 'DATA', RECIPIENT],
    ['550 5.1.9 unknown', 'DATA', RECIPIENT],
    ['550 5.2.2 full', 'DATA', RECIPIENT],
    ['550 5.2.4 list', 'DATA', RECIPIENT],
    ['550 5.3.3 system', 'RCPT TO', RECIPIENT],
    ['550 no', 'RCPT TO', RECIPIENT],
    ['550 5.3.5 system', 'DATA', MESSAGE],
    ['554 no', 'DATA', MESSAGE],
    ['552 no', 'MAIL FROM', MESSAGE],
    ['500 no', 'MAIL FROM', SENDER],
    ['551 no', 'MAIL FROM', SENDER],
    ['553 no', 'EHLO', SENDER],
    ['550-5.1.1 unknown', 'DATA', RECIPIENT],
    ['550 x 5.1.1 unknown', 'DATA', MESSAGE],
    ['550 5.1.1234 unknown', 'DATA', MESSAGE],
    ['550 5.1.12x unknown', 'DATA', MESSAGE],
  ])('"%s" to %s', (response, command, [kind, what, cure]) => {
    const failure = toMailFailure(answered(response, command), SERVER);

    expect(failure).toBeInstanceOf(kind);
    expect(failure.message).toBe(`mail.example.org:587 refused ${what}: "${response}"${cure}`);
    expect(failure.cause).toMatchObject({ command });
  });

  it('of the login is recognised by its own code, whatever was asked', () => {
    expect(toMailFailure(answered('550 no', 'EHLO', 'EAUTH'), SERVER).message).toContain('refused the login');
  });

  it.each(['421 later', '450 later', '499 later'])('may be for now only: %s', (response) => {
    const failure = toMailFailure(answered(response), SERVER);

    expect(failure).toBeInstanceOf(ServiceUnavailableError);
    expect(failure.message).toBe(`mail.example.org:587 did not accept the mail for now: "${response}"`);
  });

  it('is quoted in one line, without our login and without addresses, in two hundred characters', () => {
    const secrets = ['pass"word', Buffer.from('pass"word'), Buffer.from('\0me\0pass"word')].map((secret) =>
      typeof secret === 'string' ? secret : secret.toString('base64'),
    );
    const long = (count: number) => toMailFailure(answered(`550 ${'x'.repeat(count - 4)}`), SERVER).message;

    const shown = toMailFailure(answered(`550 ${secrets.join(' ')} "no"\r\n550\u0007 a@b.example`), WITH_LOGIN).message;

    expect(shown).toContain(`"550 (secret) (secret) (secret) 'no' 550 (address)"`);
    expect(long(200)).toContain(`${'x'.repeat(196)}"`);
    expect(long(201)).toContain(`${'x'.repeat(196)}…"`);
  });
});

describe('a connection', () => {
  const NO_NAME = 'the name of the mail server has no address. Check TOCSIN_SMTP_URL and the network';
  const UNREACHABLE = 'the mail server cannot be reached. Check the network and the firewall';
  const UNKNOWN_ISSUER =
    'the certificate of the mail server is self-signed or its issuer is unknown. If it is your own, name it to Node: NODE_EXTRA_CA_CERTS=FILE.pem';
  const NO_TLS =
    'no secure connection could be made. smtps:// is for servers that use TLS from the start (port 465); most others, on port 587 or 25, want smtp://';
  const LOST = 'the mail server ended the connection before it had answered';

  it.each<[words: string, codes: readonly string[]]>([
    [NO_NAME, ['ENOTFOUND', 'EAI_AGAIN', 'ENODATA', 'ESERVFAIL', 'EDNS']],
    ['nothing listens there. Is it the right port, and does the mail server run?', ['ECONNREFUSED']],
    [UNREACHABLE, ['EHOSTUNREACH', 'ENETUNREACH', 'EACCES', 'EPERM']],
    [UNKNOWN_ISSUER, ['DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE']],
    ['the certificate of the mail server has expired', ['CERT_HAS_EXPIRED']],
    [
      'the certificate of the mail server is for another name. Use that name in TOCSIN_SMTP_URL',
      ['ERR_TLS_CERT_ALTNAME_INVALID'],
    ],
    [NO_TLS, ['ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_TLS_X', 'EPROTO', 'ETLS']],
    ['the mail server did not answer in time', ['ETIMEDOUT', 'ESOCKETTIMEDOUT']],
    [LOST, ['ECONNRESET', 'EPIPE', 'ECONNECTION', 'ESOCKET']],
  ])('fails: %s', (words, codes) => {
    for (const code of codes) {
      const failure = toMailFailure(broken(code), SERVER, 'check');

      expect(failure).toBeInstanceOf(ServiceUnavailableError);
      expect(failure.message).toBe(`mail.example.org:587: ${words} (${code})`);
    }
  });

  it('that was lost while a mail was sent may have taken it', () => {
    expect(toMailFailure(broken('ECONNRESET'), SERVER).message).toBe(
      `mail.example.org:587: ${LOST} (ECONNRESET). It may have taken the mail all the same: the next try has the same Message-ID`,
    );
    expect(toMailFailure(broken('ETIMEDOUT'), SERVER).message).not.toContain('may have taken');
  });

  it('is explained by the code of the system before that of the library', () => {
    expect(toMailFailure(broken('ESOCKET', 'CERT_HAS_EXPIRED'), SERVER).message).toContain(
      'has expired (CERT_HAS_EXPIRED)',
    );
    expect(toMailFailure(broken('ECONNREFUSED', 'EODD'), SERVER).message).toContain('nothing listens there');
    expect(toMailFailure(broken('ECONNREFUSED', ''), SERVER).message).toContain('(ECONNREFUSED)');
  });

  it.each([
    ['EODD', 'EODD'],
    ['XENOTFOUND', 'XENOTFOUND'],
    ['ENOTFOUNDX', 'ENOTFOUNDX'],
    ['', 'unknown'],
    [undefined, 'unknown'],
  ])('that fails in a way that nobody knows (%s) is shown as it is', (code, shown) => {
    expect(toMailFailure(broken(code, undefined, 'odd\nnews of a@b.example'), SERVER).message).toBe(
      `mail.example.org:587: the mail server cannot be used (${shown}: odd news of (address))`,
    );
  });

  it('without an answer is about the connection, though there is half of one', () => {
    const half = Object.assign(broken('ECONNRESET'), { responseCode: 550 });

    expect(toMailFailure(half, SERVER).message).toContain(LOST);
  });
});

describe('a failure', () => {
  it.each([
    ['550 no', 'RCPT TO', 'mail'],
    ['550 no', 'DATA', 'mail'],
    ['450 later', 'RCPT TO', 'mail'],
    ['450 later', 'MAIL FROM', 'sender'],
    ['450 later', 'DATA', 'sender'],
    ['450 later', 'EHLO', 'server'],
    ['450 later', 'AUTH', 'server'],
    ['550 5.7.1 policy', 'MAIL FROM', 'sender'],
    ['550 5.7.1 policy', 'RCPT TO', 'sender'],
    ['550 5.7.1 policy', 'DATA', 'sender'],
    ['535 no', 'AUTH', 'server'],
  ])('"%s" to %s is about the %s', (response, command, scope) => {
    expect(scopeOf(toMailFailure(answered(response, command), SERVER))).toBe(scope);
  });

  it('of a connection, and one without a cause, are about the server', () => {
    expect(scopeOf(toMailFailure(broken('ECONNREFUSED'), SERVER))).toBe('server');
    expect(scopeOf(new ServiceUnavailableError('away'))).toBe('server');
  });
});
