// Documents as JSON lines: how a stream is cut into lines, and what a line may hold.
import { documentOf, type Line, linesOf, parseLine } from '../../cli/documents/json-lines.ts';

const LONGEST = 5_000_000;

async function cut(...chunks: readonly string[]): Promise<readonly (readonly Line[])[]> {
  const groups: (readonly Line[])[] = [];
  const stream = async function* () {
    yield* chunks;
  };
  for await (const lines of linesOf(stream())) groups.push(lines);
  return groups;
}

describe('a stream of lines', () => {
  it('gives the lines that came together at once, and the last one at its end', async () => {
    expect(await cut('one\ntwo\nthr', 'ee', '\n', 'four')).toEqual([
      [
        { number: 1, text: 'one' },
        { number: 2, text: 'two' },
      ],
      [],
      [{ number: 3, text: 'three' }],
      [],
      [{ number: 4, text: 'four' }],
    ]);
    expect(await cut()).toEqual([[]]);
    expect(await cut('one\n')).toEqual([[{ number: 1, text: 'one' }], []]);
  });

  it('leaves out blank lines, and counts them', async () => {
    expect((await cut('\n \t\none\n\r\ntwo')).flat()).toEqual([
      { number: 3, text: 'one' },
      { number: 5, text: 'two' },
    ]);
  });

  it('keeps a line of five million characters, and no longer one', async () => {
    const longest = 'x'.repeat(LONGEST);

    expect((await cut(`${longest}\n`)).flat()).toEqual([{ number: 1, text: longest }]);
    expect((await cut(longest, '\n')).flat()).toEqual([{ number: 1, text: longest }]);
    expect((await cut(`${longest}y\nnext`)).flat()).toEqual([
      { number: 1, text: null },
      { number: 2, text: 'next' },
    ]);
    expect((await cut(`${longest}y`, 'more', '\nnext\n', 'last')).flat()).toEqual([
      { number: 1, text: null },
      { number: 2, text: 'next' },
      { number: 3, text: 'last' },
    ]);
  });
});

describe('the text of a line', () => {
  it('is JSON, perhaps after a byte order mark', () => {
    expect(parseLine({ number: 1, text: '\ufeff{"id":1}' })).toEqual({ value: { id: 1 } });
    expect(parseLine({ number: 1, text: '{"id":1}' })).toEqual({ value: { id: 1 } });
    expect(parseLine({ number: 1, text: '{"id"' })).toEqual({
      problem: expect.stringMatching(/^not JSON \(.*JSON.*\)$/),
    });
    expect(parseLine({ number: 1, text: null })).toEqual({
      problem: 'the line is longer than 5000000 characters',
    });
  });
});

describe('a line with a document', () => {
  const EVERY = {
    id: 'a',
    title: 'Ferry late',
    text: 'It was late.',
    lang: 'en',
    url: 'https://news.example.org/1',
    source: { title: 'News', host: 'news.example.org' },
    publishedAt: '2026-11-30T08:00:00Z',
    label: true,
  };

  it('has all that it says, and the keys that are not a document’s', () => {
    expect(documentOf(EVERY)).toEqual({
      id: 'a',
      document: {
        title: 'Ferry late',
        text: 'It was late.',
        language: 'en',
        url: 'https://news.example.org/1',
        source: { title: 'News', host: 'news.example.org' },
        authors: undefined,
        categories: undefined,
        publishedAt: '2026-11-30T08:00:00Z',
      },
      keys: EVERY,
    });
  });

  it('needs an id and one of title and text; null and an empty text say nothing', () => {
    expect(documentOf({ id: 0, text: 'x', title: null, lang: '', url: '', source: '' })).toMatchObject({
      id: 0,
      document: { title: '', text: 'x', language: undefined, url: undefined, source: undefined },
    });
    expect(documentOf({ id: '', title: '' })).toMatchObject({ document: { title: '', text: '' } });
    expect(documentOf({ ...EVERY, lang: null, url: null, source: null, authors: null })).toMatchObject({ id: 'a' });
    expect(documentOf({ ...EVERY, source: 'News' })).toMatchObject({ document: { source: 'News' } });
  });

  it.each<[unknown, string]>([
    [null, 'must be an object { id, title, text }'],
    ['text', 'must be an object { id, title, text }'],
    [[EVERY], 'must be an object { id, title, text }'],
    [{ ...EVERY, id: undefined }, 'id must be a text or a number'],
    [{ ...EVERY, id: true }, 'id must be a text or a number'],
    [{ ...EVERY, title: 1 }, 'title and text must be texts'],
    [{ ...EVERY, text: 1 }, 'title and text must be texts'],
    [{ id: 1 }, 'title and text are both missing'],
    [{ id: 1, title: null, text: null }, 'title and text are both missing'],
    [{ ...EVERY, lang: 1 }, 'lang and url must be texts'],
    [{ ...EVERY, url: 1 }, 'lang and url must be texts'],
    [{ ...EVERY, source: 1 }, 'source must be a text or { title, host }'],
    [{ ...EVERY, source: { title: 'News' } }, 'source must be a text or { title, host }'],
    [{ ...EVERY, source: { host: 'news.example.org' } }, 'source must be a text or { title, host }'],
    [{ ...EVERY, authors: [1, 'x'] }, 'authors must be a list of texts'],
    [{ ...EVERY, categories: ['x', 1] }, 'categories must be a list of texts'],
    [{ ...EVERY, publishedAt: 'soon' }, 'publishedAt must be a time such as 2026-03-02T08:00:00Z'],
    [{ ...EVERY, publishedAt: 2026 }, 'publishedAt must be a time such as 2026-03-02T08:00:00Z'],
  ])('cannot be %j: %s', (value, problem) => {
    expect(documentOf(value)).toEqual({ problem });
  });

  it('may name authors and categories', () => {
    const line = { id: 1, title: 'Ferry late', authors: ['North desk'], categories: ['Ships', 'Tides'] };

    expect(documentOf(line)).toMatchObject({
      id: 1,
      document: { authors: ['North desk'], categories: ['Ships', 'Tides'] },
    });
  });

  it.each([
    [{ publishedAt: '2026-11-30' }, '2026-11-30'],
    [{ publishedAt: '2026-11-30', date: '2025' }, '2026-11-30'],
    [{ publishedAt: null, date: '2025' }, '2025'],
    [{ date: 'unknown' }, undefined],
    [{ date: 2025 }, undefined],
    [{}, undefined],
  ])('with %j was published on %s: labelled sets call it date', (dates, publishedAt) => {
    expect(documentOf({ id: 1, title: 'Ferry late', ...dates })).toMatchObject({ document: { publishedAt } });
  });

  it('may leave them out', () => {
    expect(documentOf({ id: 1, title: 'Ferry late', authors: null })).toMatchObject({
      document: { authors: undefined, categories: undefined },
    });
  });

  it.each(['authors', 'categories'])('is invalid where its %s are not a list of texts', (name) => {
    expect(documentOf({ id: 1, title: 'Ferry late', [name]: 'Ships' })).toEqual({
      problem: `${name} must be a list of texts`,
    });
    expect(documentOf({ id: 1, title: 'Ferry late', [name]: [1] })).toEqual({
      problem: `${name} must be a list of texts`,
    });
  });
});
