import { ALLOW_ALL, isAllowedByRobots, MAX_ROBOTS_BYTES, parseRobots } from '../../../shared/net/robots.ts';

const asks = (robots: string, path: string): boolean =>
  isAllowedByRobots(parseRobots(robots, 'Tocsin'), `https://news.example.org${path}`);

describe('a robots.txt', () => {
  it.each<[what: string, robots: string, path: string, allowed: boolean]>([
    ['says nothing', '', '/a', true],
    ['forbids nothing', 'User-agent: *\nDisallow:', '/a', true],
    ['forbids everything to everybody', 'User-agent: *\nDisallow: /', '/a', false],
    ['forbids everything to somebody else', 'User-agent: Otherbot\nDisallow: /', '/a', true],
    ['forbids everything to us', 'User-agent: Tocsin\nDisallow: /', '/a', false],
    ['names us in capitals with a version', 'USER-AGENT: TOCSIN/2.0\nDISALLOW: /', '/a', false],
    ['names one whose name begins like ours', 'User-agent: Tocsinbot\nDisallow: /', '/a', true],
    ['forbids others, and us nothing', 'User-agent: *\nDisallow: /\n\nUser-agent: Tocsin\nDisallow:', '/a', true],
    ['has a group for us and no rule in it', 'User-agent: *\nDisallow: /\n\nUser-agent: Tocsin\nAllow:', '/a', true],
    ['names us in a group of several', 'User-agent: A\nUser-agent: Tocsin\nUser-agent: B\nDisallow: /x', '/x/y', false],
    ['names us in two groups', 'User-agent: Tocsin\nDisallow: /x\n\nUser-agent: Tocsin\nDisallow: /y', '/y', false],
    [
      'names us first in two groups',
      'User-agent: Tocsin\nDisallow: /x\n\nUser-agent: Tocsin\nDisallow: /y',
      '/x',
      false,
    ],
    ['has rules before any group', 'Disallow: /\nUser-agent: *\nDisallow: /x', '/a', true],
    ['forbids a folder', 'User-agent: *\nDisallow: /private/', '/private/a.html', false],
    ['forbids a folder and we ask beside it', 'User-agent: *\nDisallow: /private/', '/private', true],
    ['forbids a beginning', 'User-agent: *\nDisallow: /pri', '/private', false],
    ['differs by case', 'User-agent: *\nDisallow: /Private', '/private', true],
    ['allows a part of what it forbids', 'User-agent: *\nDisallow: /a\nAllow: /a/b', '/a/b/c', true],
    ['forbids a part of what it allows', 'User-agent: *\nAllow: /a\nDisallow: /a/b', '/a/b/c', false],
    ['says both equally long', 'User-agent: *\nDisallow: /a\nAllow: /a', '/a', true],
    ['has a wildcard', 'User-agent: *\nDisallow: /*/print', '/2026/11/print', false],
    ['has a wildcard that finds nothing', 'User-agent: *\nDisallow: /*/print', '/2026/11/story', true],
    ['has a wildcard at the beginning', 'User-agent: *\nDisallow: *.pdf', '/a.pdf', false],
    ['ends a pattern', 'User-agent: *\nDisallow: /*.php$', '/a/b.php', false],
    ['ends a pattern and we go on', 'User-agent: *\nDisallow: /*.php$', '/a/b.php?x=1', true],
    ['ends a pattern that overlaps itself', 'User-agent: *\nDisallow: /ab*ba$', '/aba', true],
    ['ends a plain pattern', 'User-agent: *\nDisallow: /a$', '/ab', true],
    ['has several wildcards', 'User-agent: *\nDisallow: /a*b*c*d$', '/a1b2c3cd', false],
    ['has a wildcard for a part that must not overlap', 'User-agent: *\nDisallow: /ab*ba', '/aba', true],
    ['has two wildcards for parts that must not overlap', 'User-agent: *\nDisallow: /a*b*b', '/ab', true],
    ['has a wildcard for nothing', 'User-agent: *\nDisallow: /ab*ba$', '/abba', false],
    ['ends in a wildcard', 'User-agent: *\nDisallow: /a*$', '/ab', false],
    ['ends a pattern at its end', 'User-agent: *\nDisallow: /a$', '/a', false],
    ['counts the sign for the end', 'User-agent: *\nAllow: /a\nDisallow: /a$', '/a', false],
    ['allows the longer one after the shorter', 'User-agent: *\nAllow: /a/b\nDisallow: /a', '/a/b', true],
    ['allows first what it forbids equally long', 'User-agent: *\nAllow: /a\nDisallow: /a', '/a', true],
    ['names everybody with more behind the star', 'User-agent: *bot\nDisallow: /', '/a', false],
    ['names us and something else', 'User-agent: Tocsin Reader\nDisallow: /', '/a', false],
    ['names nobody', 'User-agent:\nDisallow: /', '/a', true],
    ['begins a new group after rules', 'User-agent: Otherbot\nDisallow: /x\nUser-agent: *\nDisallow: /y', '/x', true],
    ['ends a group with its rules', 'User-agent: *\nDisallow: /x\nUser-agent: Otherbot\nDisallow: /y', '/y', true],
    [
      'names several after the rules of others',
      'User-agent: A\nDisallow: /x\nUser-agent: *\nUser-agent: B\nDisallow: /y',
      '/y',
      false,
    ],
    ['names us in brackets', 'User-agent: (Tocsin)\nDisallow: /', '/a', true],
    ['has a colon in a path', 'User-agent: *\nDisallow: /a:b', '/a:b', false],
    ['has wildcards around what is not there', 'User-agent: *\nDisallow: /a*b*c', '/ac', true],
    ['writes a ship', 'User-agent: *\nDisallow: /🚢', '/%F0%9F%9A%A2', false],
    ['has lines without a name', 'User-agent: *\n: /a\nDisallow /a\nDisallow: /x', '/a', true],
    ['encodes in small letters', 'User-agent: *\nDisallow: /a%2fb', '/a%2Fb', false],
    ['encodes every sign that needs none', 'User-agent: *\nDisallow: /%2D%2E%5F%7E%30%5A', '/-._~0Z', false],
    ['writes half a character', 'User-agent: *\nDisallow: /\ud800', '/%EF%BF%BD', false],
    ['forbids a query', 'User-agent: *\nDisallow: /*?print=', '/a?print=1', false],
    ['counts the longest, wildcards included', 'User-agent: *\nDisallow: /a***\nAllow: /ab', '/abc', false],
    [
      'writes letters of a language',
      'User-agent: *\nDisallow: /новости',
      '/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8/1',
      false,
    ],
    ['writes them encoded', 'User-agent: *\nDisallow: /%d0%bd%d0%be%d0%b2', '/нов', false],
    ['encodes what needs no encoding', 'User-agent: *\nDisallow: /%7Ejoe/%61', '/~joe/a', false],
    ['encodes a slash', 'User-agent: *\nDisallow: /a%2Fb', '/a/b', true],
    ['has comments and blanks', '# hi\n\n  User-agent : *   # all\n  Disallow :  /x  # this\n', '/x', false],
    ['has Windows lines', 'User-agent: *\r\nDisallow: /x\r\n', '/x', false],
    ['has old Mac lines', 'User-agent: *\rDisallow: /x\r', '/x', false],
    ['has a byte order mark', '\uFEFFUser-agent: *\nDisallow: /x', '/x', false],
    [
      'has lines of other standards',
      'User-agent: *\nCrawl-delay: 10\nDisallow: /x\nSitemap: https://a.example/s.xml',
      '/x',
      false,
    ],
    ['forbids even itself', 'User-agent: *\nDisallow: /', '/robots.txt', true],
    ['is a web page', '<!doctype html><html><body>Not found: /x</body></html>', '/x', true],
  ])('that %s', (_what, robots, path, allowed) => {
    expect(asks(robots, path)).toBe(allowed);
  });

  it('made to be slow is not', () => {
    const stars = `User-agent: *\n${`Disallow: /${'a*'.repeat(2000)}b$\n`.repeat(100)}`;

    expect(asks(stars, `/${'a'.repeat(7000)}`)).toBe(true);
  });

  it('is read up to twenty thousand rules that apply to us or to everybody', () => {
    const rules = (count: number) => `User-agent: *\n${'Disallow: /x\n'.repeat(count)}Disallow:\nDisallow: /last`;

    expect([asks(rules(19_999), '/last'), asks(rules(20_000), '/last')]).toEqual([false, true]);
  });

  it('is read up to the 500 KiB of the standard, and forbids nothing where there is none', () => {
    expect(MAX_ROBOTS_BYTES).toBe(512_000);
    expect(isAllowedByRobots(ALLOW_ALL, 'https://news.example.org/')).toBe(true);
  });
});
