// What a mail server's refusal or silence means: whose fault it is, whether a later try may help, and what to do. The server is quoted.
import {
  DeliveryRefusedError,
  MessageRefusedError,
  SenderRefusedError,
  ServiceUnavailableError,
  type TocsinError,
} from '../../shared/core/errors.ts';
import { withoutAddresses } from '../without-addresses.ts';
import { type SmtpServer, serverInWords } from './server-address.ts';

/** What nodemailer throws. `code` is its own, `originalCode` that of the system or of TLS. */
export interface SmtpError extends Error {
  readonly code?: string;
  readonly originalCode?: string;
  /** The command that was answered; `CONN` for the connection itself. */
  readonly command?: string;
  readonly response?: string;
  readonly responseCode?: number;
}

/** Of the server's text, in a message. */
const LONGEST_QUOTE = 200;

/**
 * A 4xx answer, and no answer at all, may be tried again (ServiceUnavailableError). A 5xx answer is about one of three:
 * this sender (SenderRefusedError: login, address, policy), the message (MessageRefusedError: size, content) or the recipient
 * (DeliveryRefusedError). Where an answer leaves it open, it is not counted against the recipient. `during`: a mail may have been taken
 * although its connection broke, a check has none.
 */
export function toMailFailure(error: SmtpError, server: SmtpServer, during: 'mail' | 'check' = 'mail'): TocsinError {
  const { responseCode, response, code, command } = error;
  const cause = Object.assign(harmless(error.message, server), { command });
  if (responseCode === undefined || response === undefined) {
    return new ServiceUnavailableError(connectionFailure(error, server, during), { cause });
  }
  const name = serverInWords(server);
  const quoted = `"${quote(response, server)}"`;
  if (responseCode < 500) {
    return new ServiceUnavailableError(`${name} did not accept the mail for now: ${quoted}`, { cause });
  }
  const asked = code === 'EAUTH' ? 'AUTH' : (command ?? '');
  const { kind, what, cure } = REFUSALS[subjectOf(responseCode, response, asked)];
  return new kind(`${name} refused ${what}: ${quoted}${cure}`, { cause });
}

const REFUSALS = {
  login: {
    kind: SenderRefusedError,
    what: 'the login',
    cure: '. Check user name and password in TOCSIN_SMTP_URL',
  },
  sender: {
    kind: SenderRefusedError,
    what: 'this sender',
    cure: '. Check mail.from in config/tocsin.yaml, and that the server lets this machine send for it',
  },
  message: { kind: MessageRefusedError, what: 'the message', cure: '' },
  recipient: { kind: DeliveryRefusedError, what: 'the recipient', cure: '. Check the address' },
} as const;

/**
 * `mail`: one mail was refused or deferred, which says nothing about the next; greylisting does this. `sender`: no mail is accepted, though
 * connecting and logging in may work. `server`: they do not.
 */
export function scopeOf(error: TocsinError): 'mail' | 'sender' | 'server' {
  const { command = '' } = (error.cause ?? {}) as SmtpError;
  const isAboutUs = error instanceof SenderRefusedError;
  if ((!error.retryable && !isAboutUs) || (command === 'RCPT TO' && error instanceof ServiceUnavailableError))
    return 'mail';
  return ['MAIL FROM', 'RCPT TO', 'DATA'].includes(command) ? 'sender' : 'server';
}

/** RFC 4954 (login), RFC 5321 section 4.2.2. */
const LOGIN_CODES = [530, 534, 535, 538];
const TOO_LARGE = 552;
/** A server that does not relay for us says so in its answer to the recipient. */
const NO_RELAY = /relay/i;

/** RFC 3463: the second number is the subject, the third the detail. */
function subjectOf(code: number, response: string, command: string): keyof typeof REFUSALS {
  if (command === 'AUTH' || LOGIN_CODES.includes(code)) return 'login';
  const [subject, detail] = detailsOf(response);
  // 7: security or policy; 1.7 and 1.8: the sender's address.
  if (subject === 7 || (subject === 1 && (detail === 7 || detail === 8)) || NO_RELAY.test(response)) return 'sender';
  // 2.3 and 3.4: too large; 6: the form of the content.
  if ((subject === 2 && detail === 3) || (subject === 3 && detail === 4) || subject === 6) return 'message';
  if (subject === 1 || subject === 2) return 'recipient';
  if (command === 'RCPT TO') return 'recipient';
  if (command === 'DATA' || code === TOO_LARGE) return 'message';
  return 'sender';
}

/** 1 and 7 of `550 5.1.7 …`; empty where the server gives no detailed code. */
const detailsOf = (response: string): readonly number[] =>
  /^\d{3}[ -]\d\.(\d{1,3})\.(\d{1,3})\b/.exec(response)?.slice(1).map(Number) ?? [];

const LOST = /^(ECONNRESET|EPIPE|ECONNECTION|ESOCKET)$/;
const CONNECTION_FAILURES: readonly { readonly codes: RegExp; readonly words: string }[] = [
  {
    codes: /^(ENOTFOUND|EAI_\w+|ENODATA|ESERVFAIL|EDNS)$/,
    words: 'the name of the mail server has no address. Check TOCSIN_SMTP_URL and the network',
  },
  { codes: /^ECONNREFUSED$/, words: 'nothing listens there. Is it the right port, and does the mail server run?' },
  {
    codes: /^(EHOSTUNREACH|ENETUNREACH|EACCES|EPERM)$/,
    words: 'the mail server cannot be reached. Check the network and the firewall',
  },
  {
    codes: /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+)$/,
    words:
      'the certificate of the mail server is self-signed or its issuer is unknown. If it is your own, name it to Node: NODE_EXTRA_CA_CERTS=FILE.pem',
  },
  { codes: /^CERT_HAS_EXPIRED$/, words: 'the certificate of the mail server has expired' },
  {
    codes: /^ERR_TLS_CERT_ALTNAME_INVALID$/,
    words: 'the certificate of the mail server is for another name. Use that name in TOCSIN_SMTP_URL',
  },
  {
    codes: /^(ERR_SSL_\w+|ERR_TLS_\w+|EPROTO|ETLS)$/,
    words:
      'no secure connection could be made. smtps:// is for servers that use TLS from the start (port 465); most others, on port 587 or 25, want smtp://',
  },
  { codes: /^(ETIMEDOUT|ESOCKETTIMEDOUT)$/, words: 'the mail server did not answer in time' },
  { codes: LOST, words: 'the mail server ended the connection before it had answered' },
];

function connectionFailure(
  { code = '', originalCode, message }: SmtpError,
  server: SmtpServer,
  during: 'mail' | 'check',
): string {
  const codes = [originalCode, code].filter((each) => each !== undefined && each !== '') as readonly string[];
  const known = codes.flatMap((each) => CONNECTION_FAILURES.filter((failure) => failure.codes.test(each)))[0];
  const shown = codes[0] ?? 'unknown';
  const name = serverInWords(server);
  if (known === undefined) return `${name}: the mail server cannot be used (${shown}: ${quote(message, server)})`;
  const unclear =
    known.codes === LOST && during === 'mail'
      ? '. It may have taken the mail all the same: the next try has the same Message-ID'
      : '';
  return `${name}: ${known.words} (${shown})${unclear}`;
}

/** One printable line without addresses and without our login; its double quotes become single ones, since we put it in double quotes. */
function quote(text: string, server: SmtpServer): string {
  const line = harmless(text, server)
    .message.replace(/[^\P{C}\s]/gu, '')
    .replace(/\s+/g, ' ')
    .replaceAll('"', "'")
    .trim();
  return line.length > LONGEST_QUOTE ? `${line.slice(0, LONGEST_QUOTE)}…` : line;
}

/** Without our login, which some servers repeat, and without addresses. */
function harmless(text: string, { login }: SmtpServer): Error {
  const base64 = (secret: string): string => Buffer.from(secret).toString('base64');
  const secrets =
    login === null ? [] : [base64(`\0${login.user}\0${login.password}`), base64(login.password), login.password];
  return withoutAddresses(new Error(secrets.reduce((shown, secret) => shown.replaceAll(secret, '(secret)'), text)));
}
