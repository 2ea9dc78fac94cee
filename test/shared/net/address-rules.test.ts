import { isIpAddress, isLoopback, whyNotPublic } from '../../../shared/net/address-rules.ts';

describe('an IP address', () => {
  it.each([
    '1.1.1.1',
    '8.8.8.8',
    '9.255.255.255',
    '11.0.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '126.255.255.255',
    '128.0.0.0',
    '169.253.255.255',
    '169.255.0.0',
    '172.15.255.255',
    '172.32.0.0',
    '192.0.1.0',
    '192.167.255.255',
    '192.169.0.0',
    '198.17.255.255',
    '198.20.0.0',
    '223.255.255.255',
    '168.63.129.15',
    '2001:200::',
    '2001:db7:ffff::1',
    '2001:db9::1',
    '2003::1',
    '2606:4700::1111',
    '2a00:1450:4001:80b::200e',
    '3fff:1000::1',
    '2620:4f:8001::1',
  ])('%s is public', (address) => {
    expect(whyNotPublic(address)).toBeNull();
  });

  it.each([
    ['0.0.0.0', 'this network'],
    ['10.0.0.0', 'a private network'],
    ['10.255.255.255', 'a private network'],
    ['100.64.0.0', 'a carrier network'],
    ['100.127.255.255', 'a carrier network'],
    ['127.0.0.1', 'this machine'],
    ['127.255.255.255', 'this machine'],
    ['169.254.169.254', 'link-local'],
    ['172.16.0.0', 'a private network'],
    ['172.31.255.255', 'a private network'],
    ['192.168.255.255', 'a private network'],
    ['198.19.255.255', 'benchmarks'],
    ['224.0.0.0', 'multicast'],
    ['239.255.255.255', 'multicast'],
    ['240.0.0.0', 'reserved'],
    ['255.255.255.255', 'reserved'],
    ['168.63.129.16', "a cloud's host machine"],
    ['::', 'outside the public IPv6 range'],
    ['::1', 'outside the public IPv6 range'],
    ['::ffff:8.8.8.8', 'outside the public IPv6 range'],
    ['64:ff9b::808:808', 'outside the public IPv6 range'],
    ['1fff:ffff::1', 'outside the public IPv6 range'],
    ['4000::', 'outside the public IPv6 range'],
    ['fc00::1', 'outside the public IPv6 range'],
    ['fe80::1', 'outside the public IPv6 range'],
    ['2001::1', 'Teredo'],
    ['2001:1ff:ffff::1', 'Teredo'],
    ['2001:db8:ffff:ffff::1', 'documentation'],
    ['2002::1', '6to4'],
    ['2002:ffff:ffff::1', '6to4'],
    ['2620:4f:8000:ffff::1', 'AS112'],
    ['3fff:fff:ffff::1', 'documentation'],
  ])('%s is not public: %s', (address, reason) => {
    expect(whyNotPublic(address)).toContain(reason);
  });

  it.each([
    '',
    'example.org',
    '1.1.1',
    '1.1.1.1.1',
    '256.1.1.1',
    '01.1.1.1',
    '1.1.1.1 ',
    '0x1.1.1.1',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7:8::',
    '1::2::3',
    ':::',
    '1:2:3:4:5:6:7:',
    '12345::',
    'g::1',
    'fe80::1%eth0',
    '[2606:4700::1]',
    '2606:4700::1.2.3',
    '1.2.3.4::',
  ])('is not what "%s" is, so it is refused', (text) => {
    expect(isIpAddress(text)).toBe(false);
    expect(whyNotPublic(text)).toBe('not an IP address');
  });

  it.each([
    ['127.0.0.1', true],
    ['127.9.9.9', true],
    ['::1', true],
    ['128.0.0.1', false],
    ['::2', false],
    ['localhost', false],
  ])('%s is of this machine: %s', (address, expected) => {
    expect(isLoopback(address)).toBe(expected);
  });
});
