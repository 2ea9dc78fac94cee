import { directiveFor, linkToPassage, withDirective, writeDirective } from '../../../shared/alerts/text-fragment.ts';
import type { Passage } from '../../../shared/model/match.ts';

const PAGE = 'https://news.example.org/a';

/** `[...]` around what is highlighted. */
function passage(marked: string, start = 200): Passage {
  const highlights: [number, number][] = [];
  let text = '';
  for (const part of marked.split(/(\[[^\]]*\])/)) {
    const inner = part.startsWith('[') ? part.slice(1, -1) : part;
    if (part.startsWith('[')) highlights.push([start + text.length, start + text.length + inner.length]);
    text += inner;
  }
  return { text, field: 'body', origin: 'article', start, end: start + text.length, highlights };
}

describe('a text directive', () => {
  it.each([
    [{ start: 'plain words' }, 'plain%20words'],
    [{ start: 'a-b' }, 'a%2Db'],
    [{ start: '4,000 men' }, '4%2C000%20men'],
    [{ start: 'R&D' }, 'R%26D'],
    [{ start: 'a = b? #c 100%' }, 'a%20%3D%20b%3F%20%23c%20100%25'],
    [{ start: '병력' }, '%EB%B3%91%EB%A0%A5'],
    [{ start: ' two \n lines ' }, 'two%20lines'],
    [{ start: 'first words', end: 'last words' }, 'first%20words,last%20words'],
    [{ prefix: 'x-', start: 'y', suffix: '-z' }, 'x%2D-,y,-%2Dz'],
    [{ prefix: 'before', start: 'first', end: 'last', suffix: 'after' }, 'before-,first,last,-after'],
    [{ prefix: '', start: 'y', suffix: '' }, 'y'],
    [{ start: 'broken \ud800 half' }, 'broken%20%EF%BF%BD%20half'],
  ])('is written %j', (directive, written) => {
    expect(writeDirective(directive)).toBe(written);
  });

  it.each([
    [PAGE, `${PAGE}#:~:text=x`],
    [`${PAGE}#part-2`, `${PAGE}#part-2:~:text=x`],
    [`${PAGE}#`, `${PAGE}#:~:text=x`],
    [`${PAGE}#part:~:text=old`, `${PAGE}#part:~:text=x`],
    [`${PAGE}?q=1#/route/2`, `${PAGE}?q=1#/route/2:~:text=x`],
  ])('is put behind the fragment of %s', (href, expected) => {
    expect(withDirective(href, { start: 'x' })).toBe(expected);
  });
});

describe('the target of a passage', () => {
  it.each([
    [
      'the words between first and last highlight, with three words on either side',
      'one two three four [troops] were [sent] five six seven eight',
      { prefix: 'two three four', start: 'troops were sent', suffix: 'five six seven' },
    ],
    [
      'whole words where a highlight covers a part of one',
      'the [deploy]ment began',
      { prefix: 'the', start: 'deployment', suffix: 'began' },
    ],
    [
      'the punctuation between context and target',
      'He said: “[Troops] go.” Nobody answered.',
      { prefix: 'He said: “', start: 'Troops', suffix: 'go.” Nobody answered' },
    ],
    [
      'only the edges of a long target',
      'a [b] c d e f g h i j k l m [n] o',
      { prefix: 'a', start: 'b c d e', end: 'k l m n', suffix: 'o' },
    ],
    [
      'the edges of a target that spans paragraphs, each in its own',
      'He [left].\n\nThen [they] came.',
      { prefix: 'He', start: 'left', end: 'they', suffix: 'came' },
    ],
    [
      'context of the same paragraph only',
      'One.\n\nTwo [three] four.\n\nFive.',
      { prefix: 'Two', start: 'three', suffix: 'four.' },
    ],
    [
      'the whole passage where nothing is highlighted',
      'just three words',
      { prefix: '', start: 'just three words', suffix: '' },
    ],
    ['the passage from edge to edge', '[all] of [it]', { prefix: '', start: 'all of it', suffix: '' }],
    [
      'words in a script without blanks',
      '外交部[宣布]两国[签署]协议。',
      { prefix: '外交部', start: '宣布两国签署', suffix: '协议' },
    ],
  ])('is %s', (_name, marked, directive) => {
    expect(directiveFor(passage(marked))).toEqual(directive);
  });

  it('is nothing where the passage has no word', () => {
    expect(directiveFor(passage('… — !'))).toBeNull();
    expect(linkToPassage(PAGE, passage('… — !'))).toBe(PAGE);
  });
});

describe('a link to a passage', () => {
  it.each(['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', '', 'not a link', 'https://'])(
    'is not made of %j',
    (address) => {
      expect(linkToPassage(address, passage('[x]'))).toBeNull();
    },
  );

  it('drops user name and password and writes the host in ASCII', () => {
    expect(linkToPassage('https://me:pass@bücher.example/ä', undefined)).toBe('https://xn--bcher-kva.example/%C3%A4');
  });

  it('goes without the directive where it would be longer than 900 characters: a line of mail holds no more', () => {
    const directive = linkToPassage(PAGE, passage('some [words] here'))!.slice(PAGE.length);
    const pageOf = (length: number): string => `${PAGE}?q=`.padEnd(length - directive.length, 'x');

    expect(linkToPassage(pageOf(900), passage('some [words] here'))).toBe(pageOf(900) + directive);
    expect(linkToPassage(pageOf(901), passage('some [words] here'))).toBe(pageOf(901));
  });
});
