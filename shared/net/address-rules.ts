// Which IP addresses are on the public internet. Everything else (this machine, private networks, cloud metadata, test and
// transition ranges) must never be reached by a URL that a stranger wrote.
// Source: IANA IPv4 and IPv6 Special-Purpose Address Registries, and the one cloud address outside them.

interface Ipv4Range {
  readonly network: number;
  readonly bits: number;
  readonly name: string;
}

const IPV4_RANGES: readonly Ipv4Range[] = [
  ipv4Range('0.0.0.0/8', 'this network'),
  ipv4Range('10.0.0.0/8', 'a private network'),
  ipv4Range('100.64.0.0/10', 'a carrier network'),
  ipv4Range('127.0.0.0/8', 'this machine'),
  ipv4Range('169.254.0.0/16', 'link-local, where clouds serve metadata'),
  ipv4Range('172.16.0.0/12', 'a private network'),
  ipv4Range('192.0.0.0/24', 'reserved for protocols'),
  ipv4Range('192.0.2.0/24', 'reserved for documentation'),
  ipv4Range('192.31.196.0/24', 'reserved for AS112'),
  ipv4Range('192.52.193.0/24', 'reserved for multicast tunnels'),
  ipv4Range('192.88.99.0/24', 'a 6to4 relay'),
  ipv4Range('192.168.0.0/16', 'a private network'),
  ipv4Range('192.175.48.0/24', 'reserved for AS112'),
  ipv4Range('198.18.0.0/15', 'reserved for benchmarks'),
  ipv4Range('198.51.100.0/24', 'reserved for documentation'),
  ipv4Range('203.0.113.0/24', 'reserved for documentation'),
  ipv4Range('224.0.0.0/4', 'multicast'),
  ipv4Range('240.0.0.0/4', 'reserved'),
  ipv4Range('168.63.129.16/32', "a cloud's host machine"), // a public-looking address that Azure serves inside every VM
];

/** Inside 2000::/3, the only global unicast space handed out; what is outside it is refused as a whole. */
const IPV6_EXCEPTIONS: readonly { readonly prefix: readonly number[]; readonly bits: number; readonly name: string }[] =
  [
    { prefix: [0x2001, 0x0000], bits: 23, name: 'reserved for protocols (Teredo, ORCHID)' },
    { prefix: [0x2001, 0x0db8], bits: 32, name: 'reserved for documentation' },
    { prefix: [0x2002], bits: 16, name: '6to4, which holds an IPv4 address' },
    { prefix: [0x2620, 0x004f, 0x8000], bits: 48, name: 'reserved for AS112' },
    { prefix: [0x3fff, 0x0000], bits: 20, name: 'reserved for documentation' },
  ];

/**
 * Why an address must not be connected to, in words; null when it is public.
 * Takes the plain text form (no brackets); whatever cannot be read as an address is refused too, scoped ones (`fe80::1%eth0`) among them.
 */
export function whyNotPublic(address: string): string | null {
  const ipv4 = parseIpv4(address);
  if (ipv4 !== null) return whyNotPublicIpv4(ipv4);
  const ipv6 = parseIpv6(address);
  if (ipv6 !== null) return whyNotPublicIpv6(ipv6);
  return 'not an IP address';
}

/** True for addresses of this machine in their plain notation. */
export function isLoopback(address: string): boolean {
  const ipv4 = parseIpv4(address);
  if (ipv4 !== null) return ipv4 >>> 24 === 127;
  return parseIpv6(address)?.join(':') === '0:0:0:0:0:0:0:1';
}

/** True when the text is an IPv4 or IPv6 address in plain notation (no brackets, no zone). */
export const isIpAddress = (text: string): boolean => parseIpv4(text) !== null || parseIpv6(text) !== null;

function whyNotPublicIpv4(address: number): string | null {
  const range = IPV4_RANGES.find(({ network, bits }) => sameNetwork(address, network, bits));
  return range?.name ?? null;
}

function whyNotPublicIpv6(groups: readonly number[]): string | null {
  const first = groups[0] ?? 0;
  if (first >>> 13 !== 0b001) return 'outside the public IPv6 range 2000::/3';
  const exception = IPV6_EXCEPTIONS.find(({ prefix, bits }) => startsWithPrefix(groups, prefix, bits));
  return exception?.name ?? null;
}

/** 32 bits as an unsigned number; null unless four decimal parts without leading zeros. */
function parseIpv4(text: string): number | null {
  if (!/^\d{1,3}(\.\d{1,3}){3}$/.test(text)) return null;
  const parts = text.split('.');
  if (parts.some((part) => Number(part) > 255 || (part.length > 1 && part.startsWith('0')))) return null;
  return parts.reduce((number, part) => number * 256 + Number(part), 0);
}

/** Eight groups of 16 bits, or null. An IPv4 tail (`::ffff:127.0.0.1`) is read; a zone is not. */
function parseIpv6(text: string): readonly number[] | null {
  const halves = text.split('::');
  if (!text.includes(':') || halves.length > 2) return null;
  const [head, tail] = halves.map((half, index) => parseGroups(half, index === halves.length - 1));
  if (head === null || head === undefined || tail === null) return null;
  if (tail === undefined) return head.length === 8 ? head : null;
  const missing = 8 - head.length - tail.length;
  return missing >= 1 ? [...head, ...new Array<number>(missing).fill(0), ...tail] : null;
}

function parseGroups(text: string, mayEndInIpv4: boolean): number[] | null {
  if (text === '') return [];
  const parts = text.split(':');
  const groups: number[] = [];
  for (const [index, part] of parts.entries()) {
    const ipv4 = mayEndInIpv4 && index === parts.length - 1 ? parseIpv4(part) : null;
    if (ipv4 !== null) groups.push(ipv4 >>> 16, ipv4 & 0xffff);
    else if (/^[0-9a-f]{1,4}$/i.test(part)) groups.push(Number.parseInt(part, 16));
    else return null;
  }
  return groups;
}

function startsWithPrefix(groups: readonly number[], prefix: readonly number[], bits: number): boolean {
  const high = (numbers: readonly number[]) => (((numbers[0] ?? 0) << 16) | (numbers[1] ?? 0)) >>> 0;
  if (bits <= 32) return sameNetwork(high(groups), high(prefix), bits);
  return (
    sameNetwork(high(groups), high(prefix), 32) && sameNetwork(high(groups.slice(2)), high(prefix.slice(2)), bits - 32)
  );
}

const sameNetwork = (left: number, right: number, bits: number): boolean => (left ^ right) >>> (32 - bits) === 0;

function ipv4Range(cidr: string, name: string): Ipv4Range {
  const [network = '', bits] = cidr.split('/');
  return { network: parseIpv4(network) ?? 0, bits: Number(bits), name };
}
