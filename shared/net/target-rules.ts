// Which URLs may be asked for at all: scheme, port and host, judged before any name is looked up.
// The addresses behind a name are judged at connection time, see address-rules.ts and adapters/http/.
import { InvalidInputError } from '../core/errors.ts';
import { isIpAddress, isLoopback, whyNotPublic } from './address-rules.ts';

/** Where publishers serve feeds; anything else smells of another protocol (mail, databases, the Lambda runtime on 9001). */
const PORTS: readonly number[] = [80, 443, 8080, 8443];

/** Names that only a local resolver answers. RFC 6761, RFC 6762, RFC 8375, and the one ICANN set aside in 2024. */
const LOCAL_SUFFIXES: readonly string[] = [
  'local',
  'localhost',
  'localdomain',
  'internal',
  'home.arpa',
  'lan',
  'intranet',
];

/** RFC 7230 asks for 8,000 octets at least; longer ones are attacks or mistakes. */
const MAX_URL_LENGTH = 8192;

/** Canonical `host:port` pairs that an operator vouches for: these may be private and may use any port. */
export type AllowedHosts = ReadonlySet<string>;

export interface TargetRules {
  readonly allowedHosts: AllowedHosts;
  /** Ports open to everybody besides the usual ones. */
  readonly extraPorts?: readonly number[];
}

export interface FetchTarget {
  /** Without user, password and fragment; what is sent and what validators belong to. */
  readonly url: string;
  readonly origin: string;
  readonly secure: boolean;
  /** Without brackets and trailing dot. */
  readonly host: string;
  readonly port: number;
  readonly path: string;
  /** The operator vouches for this host and port: its addresses are not judged. */
  readonly allowed: boolean;
}

export type TargetVerdict =
  | { readonly ok: true; readonly target: FetchTarget }
  | { readonly ok: false; readonly reason: string };

/**
 * Reads the setting `fetch.allowHosts`: exact `HOST:PORT` pairs, IPv6 addresses in brackets.
 * Throws InvalidInputError with every bad entry; wildcards and ranges are refused on purpose: "all private addresses" is never safe.
 */
export function parseAllowedHosts(entries: readonly string[]): AllowedHosts {
  const problems: string[] = [];
  const allowed = new Set<string>();
  for (const entry of entries) {
    const pair = parsePair(entry);
    if (pair === null)
      problems.push(
        `"${entry}" is not HOST:PORT; write for example 127.0.0.1:8080, feeds.example.org:8000 or [::1]:8080`,
      );
    else allowed.add(pair);
  }
  if (problems.length > 0)
    throw new InvalidInputError('invalid_allow_hosts', 'fetch.allowHosts cannot be used', problems);
  return allowed;
}

/** The pairs among them that are on this machine: sample feeds and tests, where there is no point in waiting between requests. */
export const loopbackHosts = (allowed: AllowedHosts): AllowedHosts =>
  new Set([...allowed].filter((pair) => isLocalName(pair.slice(0, pair.lastIndexOf(':')).replace(/^\[|\]$/g, ''))));

/** Names that no name server of the internet knows: without a domain, or under one that is local by its nature. */
export const isLocalHostName = (host: string): boolean => !host.includes('.') || localSuffixOf(host) !== undefined;

/** Judges one URL as written; never throws. Every hop of a redirect passes here again. */
export function checkTarget(raw: string, { allowedHosts, extraPorts = [] }: TargetRules): TargetVerdict {
  if (raw.length > MAX_URL_LENGTH) return refuse(`the address is longer than ${MAX_URL_LENGTH} characters`);
  const url = URL.parse(raw);
  if (url === null) return refuse('the address cannot be read as a URL');
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return refuse(`only http and https are fetched, not ${url.protocol}`);
  const target = targetOf(url, allowedHosts);
  const reason = target.allowed ? null : (whyNotHost(target.host) ?? whyNotPort(target.port, extraPorts));
  return reason === null ? { ok: true, target } : refuse(reason);
}

function targetOf(url: URL, allowedHosts: AllowedHosts): FetchTarget {
  const secure = url.protocol === 'https:';
  const named = url.hostname.replace(/\.$/, '');
  const port = url.port === '' ? (secure ? 443 : 80) : Number(url.port);
  const origin = `${url.protocol}//${named}${url.port === '' ? '' : `:${url.port}`}`;
  const path = `${url.pathname}${url.search}`;
  return {
    url: `${origin}${path}`,
    origin,
    secure,
    host: named.replace(/^\[|\]$/g, ''),
    port,
    path,
    allowed: allowedHosts.has(`${named}:${port}`),
  };
}

function whyNotHost(host: string): string | null {
  if (isIpAddress(host)) {
    const reason = whyNotPublic(host);
    return reason === null ? null : `the address ${host} is not public: ${reason}`;
  }
  const labels = host.split('.');
  if (labels.length < 2) return `the host name ${host} has no domain`;
  if (host.length > 253 || labels.some((label) => label === '' || label.length > 63))
    return 'the host name is malformed';
  const suffix = localSuffixOf(host);
  return suffix === undefined ? null : `names that end in .${suffix} are local`;
}

const localSuffixOf = (host: string): string | undefined =>
  LOCAL_SUFFIXES.find((each) => host === each || host.endsWith(`.${each}`));

const whyNotPort = (port: number, extraPorts: readonly number[]): string | null =>
  PORTS.includes(port) || extraPorts.includes(port) ? null : `port ${port} is not one of ${PORTS.join(', ')}`;

/** A colon within a host is only in an IPv6 address, in brackets. */
const PAIR = /^(\[[\da-f:.]+\]|[^\s/:@?#\\*]+):(\d{1,5})$/i;

function parsePair(entry: string): string | null {
  const [, host, digits] = PAIR.exec(entry.trim()) ?? [];
  const port = Number(digits);
  const url = host === undefined ? null : URL.parse(`http://${host}/`);
  if (url === null || port < 1 || port > 65_535) return null;
  return `${url.hostname.replace(/\.$/, '')}:${port}`;
}

const isLocalName = (host: string): boolean => host === 'localhost' || isLoopback(host);

const refuse = (reason: string): TargetVerdict => ({ ok: false, reason });
