// Names to addresses, against a name server of this machine.
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hostsFileOf } from '../../../adapters/http/hosts-file.ts';
import { createNameResolver, type NameResolverOptions } from '../../../adapters/http/name-resolver.ts';
import type { ResolvedAddress } from '../../../adapters/http/pinned-lookup.ts';
import { type NameServer, serveNames, type Zone } from '../../support/name-server.ts';
import { until } from '../../support/waiting.ts';

const folder = mkdtempSync(join(tmpdir(), 'tocsin-hosts-'));
afterAll(() => rmSync(folder, { recursive: true }));

const open: NameServer[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

const NO_SERVER = '127.0.0.1:1';
const V4 = { address: '93.184.215.14', family: 4 };
const V6 = { address: '2606:2800:21f:cb07:6820:80da:af6b:8b2c', family: 6 };

const noSystem = async (host: string): Promise<never> => {
  throw new Error(`the system was asked for ${host}`);
};

async function aResolver(zones: Readonly<Record<string, Zone>>, options: NameResolverOptions = {}) {
  const server = await serveNames((name) => zones[name]);
  open.push(server);
  const resolve = createNameResolver({
    servers: [server.address],
    hostsFile: join(folder, 'none'),
    system: noSystem,
    ...options,
  });
  return {
    server,
    resolve: (host: string, allowed = false) => resolve(host, { allowed }),
    failure: (host: string, allowed = false) =>
      resolve(host, { allowed }).then(
        () => 'resolved',
        ({ code, message }: NodeJS.ErrnoException) => code ?? message,
      ),
  };
}

describe('the addresses of a name', () => {
  it('are those of both families, IPv4 first', async () => {
    const { resolve } = await aResolver({ 'example.com': { A: [V4.address], AAAA: [V6.address] } });

    expect(await resolve('example.com')).toEqual([V4, V6]);
  });

  it.each<[string, Zone, readonly unknown[]]>([
    ['has only IPv4', { A: [V4.address] }, [V4]],
    ['has only IPv6', { AAAA: [V6.address] }, [V6]],
    ['is denied where IPv6 is asked for', { A: [V4.address], code: { AAAA: 'NXDOMAIN' } }, [V4]],
    ['fails where IPv6 is asked for', { A: [V4.address], code: { AAAA: 'SERVFAIL' } }, [V4]],
    ['fails where IPv4 is asked for', { AAAA: [V6.address], code: { A: 'REFUSED' } }, [V6]],
    ['does not fit into a UDP answer', { A: [V4.address], AAAA: [V6.address], truncated: true }, [V4, V6]],
  ])('are found when it %s', async (_, zone, expected) => {
    const { resolve } = await aResolver({ 'example.com': zone });

    expect(await resolve('example.com')).toEqual(expected);
  });

  it('are those at the end of its aliases', async () => {
    const { resolve } = await aResolver({
      'www.example.com': { CNAME: 'edge.example.net' },
      'edge.example.net': { CNAME: 'pop7.example.org' },
      'pop7.example.org': { A: [V4.address] },
    });

    expect(await resolve('www.example.com')).toEqual([V4]);
  });

  it.each(['A', 'AAAA'] as const)('do not wait for the limit when %s is never answered', async (silent) => {
    const { resolve } = await aResolver(
      { 'example.com': { A: [V4.address], AAAA: [V6.address], silent } },
      { lookupMs: 600_000 },
    );

    expect(await resolve('example.com')).toEqual([silent === 'A' ? V6 : V4]);
  });

  it('are asked for as the name stands, without search domains', async () => {
    const { server, failure } = await aResolver({});

    await failure('example.com');

    expect([...new Set(server.questions)].sort()).toEqual(['A example.com', 'AAAA example.com']);
  });

  it('are asked for once when many ask at the same time, and again later', async () => {
    const { server, resolve } = await aResolver({ 'example.com': { A: [V4.address], AAAA: [V6.address] } });

    const answers = await Promise.all(Array.from({ length: 20 }, () => resolve('example.com')));
    expect(new Set(answers.map((each) => JSON.stringify(each))).size).toBe(1);
    expect(server.questions).toHaveLength(2);

    await resolve('example.com');
    expect(server.questions).toHaveLength(4);
  });
});

describe('a name that cannot be looked up', () => {
  it.each<[string, Zone, string]>([
    ['does not exist', { code: 'NXDOMAIN' }, 'ENOTFOUND'],
    ['has no address', {}, 'ENODATA'],
    ['has no IPv4 address and is denied for IPv6', { code: { AAAA: 'NXDOMAIN' } }, 'ENODATA'],
    ['makes its name server fail', { code: 'SERVFAIL' }, 'ESERVFAIL'],
    ['is refused', { code: 'REFUSED' }, 'EREFUSED'],
    ['may exist, for one family fails', { code: { A: 'SERVFAIL', AAAA: 'NXDOMAIN' } }, 'ESERVFAIL'],
    ['has no IPv6 address, and silence for IPv4', { silent: 'A' }, 'ETIMEOUT'],
  ])('tells that it %s', async (_, zone, code) => {
    const { failure } = await aResolver({ 'example.com': zone }, { lookupMs: 300 });

    expect(await failure('example.com')).toBe(code);
  });

  it('does not keep the system busy once a name server has answered anything', async () => {
    const { failure } = await aResolver({ 'dead.example': { silent: true } }, { lookupMs: 300 });
    await failure('unknown.example');

    expect(await failure('dead.example')).toBe('ETIMEOUT');
  });
});

describe('the system, which may know more than the name servers,', () => {
  const knows = async (): Promise<readonly ResolvedAddress[]> => [{ address: '192.168.7.7', family: 4 }];

  it.each<[string, string, Zone | undefined]>([
    ['of the local network', 'printer.local', { A: [V4.address] }],
    ['without a domain', 'intranet', { A: [V4.address] }],
    ['that the name servers do not know', 'feeds.corp.example', undefined],
    ['whose server refuses', 'feeds.corp.example', { code: 'REFUSED' }],
  ])('is asked for an allowed name %s', async (_, host, zone) => {
    const { resolve } = await aResolver(zone === undefined ? {} : { [host]: zone }, { system: knows });

    expect(await resolve(host, true)).toEqual(await knows());
  });

  it('is not asked for a name that is not allowed', async () => {
    const { failure } = await aResolver({}, { system: knows });

    expect(await failure('feeds.corp.example')).toBe('ENOTFOUND');
  });

  it('is asked when no name server can be reached', async () => {
    const { resolve } = await aResolver({}, { servers: [NO_SERVER], system: knows });

    expect(await resolve('example.com')).toEqual(await knows());
  });

  it('is asked when no name server has ever answered', async () => {
    const { resolve } = await aResolver({ 'example.com': { silent: true } }, { lookupMs: 300, system: knows });

    expect(await resolve('example.com')).toEqual(await knows());
    expect(await resolve('example.com')).toEqual(await knows());
  });

  it('is asked for two names at once, and those that get no turn fail as if it were not there', async () => {
    const asked: string[] = [];
    const { failure } = await aResolver(
      {},
      {
        servers: [NO_SERVER],
        system: (host) => {
          asked.push(host);
          return new Promise(() => {});
        },
      },
    );
    const stuck = ['a.example', 'b.example'].map((host) => failure(host));

    expect(await failure('c.example')).toBe('EAI_AGAIN');
    expect(asked).toEqual(['a.example', 'b.example']);
    expect(await Promise.race([...stuck, 'still asking'])).toBe('still asking');
  });
});

it('a name that waits for its turn with the system is asked for when another is found', async () => {
  const found: (() => void)[] = [];
  const system = (host: string): Promise<readonly ResolvedAddress[]> =>
    new Promise((resolve) => found.push(() => resolve([{ address: `192.168.7.${host.length}`, family: 4 }])));
  const { resolve } = await aResolver({}, { system });
  const [, , third] = ['a', 'bb', 'ccc'].map((host) => resolve(host, true));
  await until(() => found.length === 2);

  found[0]?.();
  await until(() => found.length === 3);
  found[2]?.();

  expect(await third).toEqual([{ address: '192.168.7.3', family: 4 }]);
});

describe('the hosts file', () => {
  const file = join(folder, 'hosts');
  let age = 0;
  const write = (text: string): void => {
    writeFileSync(file, text);
    age += 1;
    utimesSync(file, age, age);
  };

  it.each<[string, string, readonly string[]]>([
    ['in any case of letters', '192.0.2.7 Feeds.Example.COM', ['192.0.2.7']],
    ['among other names, tabs and remarks', '192.0.2.7\tother feeds.example.com. # mine', ['192.0.2.7']],
    [
      'on several lines',
      '192.0.2.7 feeds.example.com\r\n2001:db8::7 feeds.example.com\r\n',
      ['192.0.2.7', '2001:db8::7'],
    ],
    ['to no address that has a scope', 'fe80::1%lo0 feeds.example.com\n192.0.2.7 feeds.example.com', ['192.0.2.7']],
  ])('gives the addresses of a name %s, and nothing else is asked', async (_, text, expected) => {
    write(text);
    const { server, resolve } = await aResolver({ 'feeds.example.com': { A: [V4.address] } }, { hostsFile: file });

    expect((await resolve('feeds.example.com')).map(({ address }) => address)).toEqual(expected);
    expect(server.questions).toEqual([]);
  });

  it.each(['# 192.0.2.7 example.com', '192.0.2.7 www.example.com example.com.au', 'nonsense example.com', ''])(
    'says nothing of a name in %j',
    async (text) => {
      write(text);
      const { resolve } = await aResolver({ 'example.com': { A: [V4.address] } }, { hostsFile: file });

      expect(await resolve('example.com')).toEqual([V4]);
    },
  );

  it('is read again when it has changed, and forgotten when it is gone', async () => {
    const { resolve } = await aResolver({ 'example.com': { A: [V4.address] } }, { hostsFile: file });
    const first = async (): Promise<string | undefined> => (await resolve('example.com'))[0]?.address;

    write('192.0.2.7 example.com');
    expect(await first()).toBe('192.0.2.7');
    write('192.0.2.8 example.com');
    expect(await first()).toBe('192.0.2.8');
    rmSync(file);
    expect(await first()).toBe(V4.address);
  });

  it('has its place on each platform', () => {
    expect(hostsFileOf('linux', {})).toBe('/etc/hosts');
    expect(hostsFileOf('darwin', {})).toBe('/etc/hosts');
    expect(hostsFileOf('win32', { SystemRoot: 'D:\\Win' })).toMatch(/^D:\\Win.System32.drivers.etc.hosts$/);
  });
});

describe('localhost', () => {
  it.each(['localhost', 'news.localhost'])('is this machine, whatever name servers say: %s', async (host) => {
    const { server, resolve } = await aResolver({ [host]: { A: [V4.address] } });

    expect((await resolve(host, true)).map(({ address }) => address)).toEqual(['127.0.0.1', '::1']);
    expect(server.questions).toEqual([]);
  });

  it('may lead elsewhere by the hosts file', async () => {
    const file = join(folder, 'own');
    writeFileSync(file, '192.0.2.9 news.localhost');
    const { resolve } = await aResolver({}, { hostsFile: file });

    expect(await resolve('news.localhost', true)).toEqual([{ address: '192.0.2.9', family: 4 }]);
  });
});
