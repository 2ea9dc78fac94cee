// The address of the user's mail server, TOCSIN_SMTP_URL, as its parts. It holds a password: no message quotes any of it.
import { InvalidInputError } from '../../shared/core/errors.ts';

export interface SmtpServer {
  /** Name or IP address, without brackets. */
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte (`smtps:`); otherwise STARTTLS is used where the server offers it. */
  readonly secure: boolean;
  /** Null where no login is wanted. */
  readonly login: { readonly user: string; readonly password: string } | null;
}

const FORM = 'smtp://USER:PASSWORD@HOST:587, smtps://USER:PASSWORD@HOST or smtp://HOST:25';
const PORTS = { 'smtp:': 587, 'smtps:': 465 } as const;
/** What would end the password early if it were not escaped, and its escape. */
const ESCAPES = '@ is %40, : is %3A, / is %2F, ? is %3F, # is %23, % is %25, a space is %20';

/** Throws InvalidInputError `invalid_smtp_url`, which quotes nothing of the address. */
export function parseSmtpUrl(given: string): SmtpServer {
  const scheme = /^(smtps?:)\/\//i.exec(given)?.[1]?.toLowerCase() as keyof typeof PORTS | undefined;
  if (scheme === undefined) throw refuse('it does not begin with smtp:// or smtps://');
  if (/\s/.test(given)) throw refuse(`it contains white space; in a user name or password, ${ESCAPES}`);
  const rest = given.slice(scheme.length + 2);
  const authority = rest.replace(/\/$/, '');
  if (/[/?#]/.test(authority)) {
    throw refuse(`something follows the host; if it is part of the user name or password, escape it there: ${ESCAPES}`);
  }
  const at = authority.lastIndexOf('@');
  return {
    ...hostAndPort(authority.slice(at + 1), PORTS[scheme]),
    secure: scheme === 'smtps:',
    login: at === -1 ? null : loginOf(authority.slice(0, at)),
  };
}

/** `mail.example.org:587`, for messages. */
export const serverInWords = ({ host, port }: Pick<SmtpServer, 'host' | 'port'>): string =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;

function hostAndPort(text: string, usualPort: number): Pick<SmtpServer, 'host' | 'port'> {
  const [, name = '', digits] = /^(.*?)(?::(\d*))?$/.exec(text) ?? [];
  if (name === '') throw refuse('the name of the mail server is missing');
  // Read as a web address: names outside ASCII become punycode, and what cannot be a host is refused.
  const url = URL.parse(`http://${name}`);
  const port = digits === undefined ? usualPort : Number(digits);
  if (url === null || url.port !== '' || url.username !== '' || port < 1 || port > 65_535) {
    throw refuse('what follows the // (or the @) is not HOST or HOST:PORT');
  }
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port };
}

function loginOf(text: string): SmtpServer['login'] {
  const colon = text.indexOf(':');
  if (colon < 1 || colon === text.length - 1) {
    throw refuse('before the @ both are needed, USER:PASSWORD; without a login, leave out the @ too');
  }
  try {
    return {
      user: decodeURIComponent(text.slice(0, colon)),
      password: decodeURIComponent(text.slice(colon + 1)),
    };
  } catch {
    throw refuse(`a % in the user name or password is not part of an escape: ${ESCAPES}`);
  }
}

const refuse = (problem: string): InvalidInputError =>
  new InvalidInputError('invalid_smtp_url', 'TOCSIN_SMTP_URL is not the address of a mail server', [
    problem,
    `expected ${FORM}`,
    'it is not shown here because it may contain a password',
  ]);
