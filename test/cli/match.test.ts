// `tocsin match`: one text, a page, or a stream of documents.
// Where documents come from, and the lines of their matches: cli/documents/documents.ts, cli/documents/match-lines.ts.
import type { FoundMatch } from '../../shared/model/match.ts';
import { type CommandFolder, type CommandRun, commandFolder } from '../support/command-line.ts';
import { type LoopbackWeb, serveWeb } from '../support/loopback.ts';

const PACK = `
apiVersion: tocsin.dev/v1
kind: TopicPack
pack: { id: ports, version: 1.2.0 }
topics:
  - id: harbour-closure
    title: Harbours closed
    any: { en: ['("harbour" OR "port") NEAR/4 ("closed" OR "shut")'] }
  - id: ferry-strike
    title: Ferry strikes
    any: { en: ['"ferry" w/s "strike"'] }
`;
const CLOSURE = 'The port was closed on Monday after the storm.';
const STRIKE = 'Crews of the ferry began a strike on Friday.';

let folder: CommandFolder;

beforeEach(() => {
  folder = commandFolder({ 'config/topics/ports.yaml': PACK });
});
afterEach(() => folder.remove());

interface MatchLine {
  readonly id: string | number;
  readonly topic: string;
  readonly version: string;
  readonly why: string;
  readonly passages: readonly {
    readonly text: string;
    readonly start: number;
    readonly end: number;
    readonly field: 'title' | 'body';
    readonly highlights: readonly (readonly [number, number])[];
  }[];
}

const jsonOf = (run: CommandRun): readonly FoundMatch[] => JSON.parse(run.stdout) as FoundMatch[];
const linesOf = (run: CommandRun): readonly MatchLine[] =>
  run.stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as MatchLine);

describe('tocsin match FILE', () => {
  it('shows people the topics with the matched words marked', async () => {
    folder.write('news.txt', `Storm at sea\n\nShips waited. ${CLOSURE}\n`);

    const run = await folder.run(['match', 'news.txt']);

    expect(run.code).toBe(0);
    expect(run.stdout).toContain('harbour-closure  Harbours closed');
    expect(run.stdout).toContain('«port»');
    expect(run.stdout).toContain('«closed» on Monday');
    expect(run.stdout).toContain(
      'why en: ("harbour" OR "port") NEAR/4 ("closed" OR "shut")\n  fair, near the beginning\n',
    );
    expect(run.stdout).not.toContain('ferry-strike');
  });

  it('gives programs the topic, its version, passages and the clause that held', async () => {
    folder.write('news.txt', `Storm at sea\n\n${CLOSURE} ${STRIKE}\n`);

    const run = await folder.run(['match', 'news.txt', '--json']);

    const [closure, strike] = jsonOf(run);
    expect(run.code).toBe(0);
    expect(Object.keys(closure!)).toEqual(['topic', 'passages', 'why', 'strength', 'prominence']);
    expect(closure).toMatchObject({ strength: 'fair', prominence: 'lead' });
    expect(closure!.topic).toEqual({
      id: 'harbour-closure',
      version: expect.stringMatching(/^1\.2\.0\+[0-9a-f]{7}$/),
      title: 'Harbours closed',
      severity: 'medium',
    });
    expect(closure!.why).toBe('en: ("harbour" OR "port") NEAR/4 ("closed" OR "shut")');
    expect(closure!.passages[0]!.field).toBe('body');
    expect(closure!.passages[0]!.highlights.map(([start, end]) => CLOSURE.slice(start, end))).toEqual([
      'port',
      'closed',
    ]);
    expect(strike!.topic.id).toBe('ferry-strike');
  });

  it('points into the text below the title, counting UTF-16 units', async () => {
    const body = `🚢 Über Nacht: ${CLOSURE}`;
    folder.write('news.txt', `Harbour closed early\r\n\r\n${body}`);

    const run = await folder.run(['match', 'news.txt', '--json']);

    const [match] = jsonOf(run);
    expect(match!.passages.map(({ field }) => field)).toEqual(['title', 'body']);
    for (const { field, start, end, text } of match!.passages) {
      expect((field === 'title' ? 'Harbour closed early' : body).slice(start, end)).toBe(text);
    }
  });

  it.each([
    ['a line with an empty line below it', 'title', 'The port is closed\n\nNothing else.'],
    ['a heading as in Markdown', 'title', '# The port is closed\nNothing else.'],
    ['a first paragraph of several lines', 'body', 'The port is closed\nsince noon.\n\nNothing else.'],
    ['a single line', 'body', 'The port is closed.'],
    ['a long first paragraph', 'body', `The port is closed ${'and quiet '.repeat(40)}\n\nNothing else.`],
  ])('takes %s for the %s', async (_, field, text) => {
    const run = await folder.run(['match', '-', '--json'], { stdin: [text] });

    expect(jsonOf(run)[0]!.passages.map((passage) => passage.field)).toEqual([field]);
  });

  it.each([
    [250, ['title']],
    [251, ['body']],
  ])('takes a first line of %i characters for %j', async (chars, fields) => {
    const line = 'The port is closed'.padEnd(chars, '.');
    const [match] = jsonOf(await folder.run(['match', '-', '--json'], { stdin: [`${line}\n\nNothing else.`] }));

    expect(match!.passages.map(({ field }) => field)).toEqual(fields);
  });

  it('takes the title that is given in place of the first line', async () => {
    folder.write('news.txt', 'The port is closed\n\nNothing else.');

    const none = jsonOf(await folder.run(['match', 'news.txt', '--json', '--title', '']));
    const other = jsonOf(await folder.run(['match', 'news.txt', '--json', '--title', 'Harbour shut']));

    expect(none[0]!.passages.map(({ field, text }) => ({ field, text }))).toEqual([
      { field: 'body', text: 'The port is closed' },
    ]);
    expect(other[0]!.passages.map(({ field }) => field)).toEqual(['title', 'body']);
  });

  it('reads the article of an HTML file', async () => {
    const filler =
      '<p>Fishermen mended their nets and spoke of other winters, when the ice lay thick upon the bay.</p>'.repeat(5);
    folder.write(
      'page.html',
      `<!doctype html><title>News</title><nav>Strike ferry</nav><article><h1>News</h1><p>${CLOSURE}</p>${filler}</article>`,
    );

    const run = await folder.run(['match', 'page.html', '--json']);

    expect(jsonOf(run).map(({ topic }) => topic.id)).toEqual(['harbour-closure']);
    expect(jsonOf(run)[0]!.passages[0]!.text).toContain(CLOSURE);
  });

  it('shows people where a long sentence was cut, and gives programs what stands there', async () => {
    const long = `The port was closed ${'and quiet '.repeat(60)}until spring.`;

    const shown = await folder.run(['match', '-'], { stdin: [long] });
    const [match] = jsonOf(await folder.run(['match', '-', '--json'], { stdin: [long] }));
    const lines = linesOf(
      await folder.run(['match', '--jsonl', '-'], { stdin: [JSON.stringify({ id: 1, text: long, lang: 'en' })] }),
    );

    expect(shown.stdout).toMatch(/«port» was «closed» .* and(?: quiet)?…\n/);
    expect(match!.passages[0]!.cut).toBe('end');
    expect(Object.keys(lines[0]!.passages[0]!).sort()).toEqual([
      'end',
      'field',
      'highlights',
      'origin',
      'start',
      'text',
    ]);
    expect(long.startsWith(match!.passages[0]!.text)).toBe(true);
  });

  it('puts the titles of topics below each other', async () => {
    const { stdout } = await folder.run(['match', '-'], { stdin: [`${CLOSURE} ${STRIKE}`] });

    expect(stdout).toMatch(/^harbour-closure {2}Harbours closed$/m);
    expect(stdout).toMatch(/^ferry-strike {5}Ferry strikes$/m);
  });

  it('says so when a text matches nothing', async () => {
    const run = await folder.run(['match', '-'], { stdin: ['A quiet day.'] });

    expect({ code: run.code, stdout: run.stdout }).toEqual({ code: 0, stdout: 'no matches (2 topics checked)\n' });
    expect((await folder.run(['match', '-', '--json'], { stdin: [''] })).stdout).toBe('[]\n');
  });

  it('keeps to one topic, and to the packs of another folder', async () => {
    folder.write('other/ports.yaml', PACK.replaceAll('harbour-closure', 'other-closure'));

    const one = await folder.run(['match', '-', '--json', '--topic', 'ferry-strike'], {
      stdin: [`${CLOSURE} ${STRIKE}`],
    });
    const other = await folder.run(['match', '-', '--json', '--packs', 'other'], { stdin: [CLOSURE] });

    expect(jsonOf(one).map(({ topic }) => topic.id)).toEqual(['ferry-strike']);
    expect(jsonOf(other).map(({ topic }) => topic.id)).toEqual(['other-closure']);
  });

  it('writes nothing of a text raw to the terminal', async () => {
    const run = await folder.run(['match', '-'], { stdin: ['The port \u001b[2J is \u202eclosed today.'] });

    expect(run.stdout).toContain('«port»');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(run.stdout).not.toMatch(/[\u001b\u202e]/);
  });

  it.each([
    ['no file', ['match'], 'missing argument'],
    ['a file that is not there', ['match', 'absent.txt'], 'absent.txt cannot be read'],
    ['two files', ['match', 'a.txt', 'b.txt'], 'unexpected argument: "b.txt"'],
    ['a topic that is not there', ['match', '-', '--topic', 'ferry-strik'], 'did you mean ferry-strike?'],
    ['an option that is not there', ['match', '-', '--jsnl'], 'did you mean --jsonl?'],
    ['a folder of packs that is not there', ['match', '-', '--packs', 'absent'], 'absent cannot be read'],
    ['a JSON lines file without --jsonl', ['match', 'docs.jsonl'], '--id ID'],
    ['a title for many documents', ['match', '--jsonl', '-', '--title', 'x'], 'cannot be used with --jsonl'],
  ])('answers %s with exit code 2 and a hint', async (_, args, message) => {
    const run = await folder.run(args);

    expect({ code: run.code, stdout: run.stdout }).toEqual({ code: 2, stdout: '' });
    expect(run.stderr).toContain(message);
  });

  it('does not work on half of the packs: an error in one ends it', async () => {
    folder.write(
      'config/topics/broken.yaml',
      PACK.replace('"ferry" w/s', '"ferry" AND "boat" OR').replace('id: ports', 'id: broken'),
    );

    const run = await folder.run(['match', '-'], { stdin: [CLOSURE] });

    expect(run.code).toBe(2);
    expect(run.stderr).toMatch(/E_MIXED {2}config\/topics\/broken\.yaml:11:/);
  });
});

describe('tocsin match URL', () => {
  let web: LoopbackWeb;
  const filler =
    '<p>Fishermen mended their nets and spoke of other winters, when the ice lay thick upon the bay.</p>'.repeat(5);

  beforeEach(async () => {
    web = await serveWeb((request, response) => {
      if (request.url !== '/news') {
        response.writeHead(404).end();
        return;
      }
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
      response.end(
        `<!doctype html><html lang="en"><title>Winter news</title><article><h1>Winter news</h1><p>${CLOSURE}</p>${filler}</article>`,
      );
    });
  });
  afterEach(() => web.close());

  it('fetches the page and matches its article', async () => {
    const run = await folder.run(['match', `${web.origin}/news`, '--json'], { env: { TOCSIN_ALLOW_HOSTS: web.pair } });

    expect(run.code).toBe(0);
    expect(jsonOf(run).map(({ topic }) => topic.id)).toEqual(['harbour-closure']);
  });

  it('names the contact of the settings, and keeps to the hosts they allow', async () => {
    const settings = `contact: https://watch.example.org/about\nfetch:\n  allowHosts: ["${web.pair}"]\n`;
    folder.write('config/tocsin.yaml', settings);

    const run = await folder.run(['match', `${web.origin}/news`, '--json']);

    expect(run.code).toBe(0);
    expect(web.requests.at(-1)?.headers['user-agent']).toMatch(
      /^Tocsin\/\S+ \(\+https:\/\/watch\.example\.org\/about\)$/,
    );
  });

  it('asks no private address that is not allowed', async () => {
    const run = await folder.run(['match', `${web.origin}/news`]);

    expect(run.code).toBe(1);
    expect(web.connections()).toBe(0);
  });

  it('answers a page that is not there with exit code 1', async () => {
    const run = await folder.run(['match', `${web.origin}/none`], { env: { TOCSIN_ALLOW_HOSTS: web.pair } });

    expect(run.code).toBe(1);
    expect(run.stderr).toContain('404');
  });
});

describe('the document', () => {
  const filler = '<p>Fishermen mended their nets and spoke of other winters, when the ice lay thick.</p>'.repeat(5);
  const article = `<article><h1>News</h1><p>${CLOSURE}</p>${filler}</article>`;
  const textsOf = (run: CommandRun): readonly string[] =>
    jsonOf(run).flatMap(({ passages }) => passages.map(({ text }) => text));

  it.each(['news.html', 'news.htm', 'news.xhtml', 'NEWS.HTML'])('is a page by its name: %s', async (name) => {
    folder.write(name, `<title>News</title>${article}`);

    const run = await folder.run(['match', name, '--json']);

    expect(textsOf(run)).toEqual([CLOSURE]);
    expect(run.stderr).toMatch(/^read \d+ characters of "News"\n$/);
  });

  it.each(['<!doctype html>', ' \n<!DOCTYPE HTML>', '<html>', '<HTML lang="en">'])(
    'is a page by its first tag: %j',
    async (begin) => {
      const run = await folder.run(['match', '-', '--json'], { stdin: [`${begin}${article}`] });

      expect(textsOf(run)).toEqual([CLOSURE]);
    },
  );

  it.each(['<htmlx>', 'On <html> tags. ', '<p>'])('is plain text where it begins with %j', async (begin) => {
    const { stderr, ...run } = await folder.run(['match', '-', '--json'], { stdin: [`${begin}${CLOSURE}`] });

    expect(textsOf(run as CommandRun)[0]).toContain(CLOSURE);
    expect(stderr).toBe('');
  });

  it('that is a page without an article is refused, with what to do', async () => {
    folder.write('page.html', '<!doctype html><title>Nothing</title><nav>Home</nav>');

    const { code, stdout, stderr } = await folder.run(['match', 'page.html']);

    expect([code, stdout]).toEqual([2, '']);
    expect(stderr.split('\n')).toEqual([
      expect.stringMatching(/^tocsin: cannot find the article in page\.html: \w/),
      '  save the article as plain text and use that file',
      '',
    ]);
  });

  it('may begin with a byte order mark, which is no part of it', async () => {
    const run = await folder.run(['match', '-', '--json'], { stdin: [`\ufeff${CLOSURE}`] });

    expect(jsonOf(run)[0]!.passages[0]).toMatchObject({ start: 0, text: CLOSURE });
  });

  it('is in the language that is given, whatever it looks like', async () => {
    folder.write('config/topics/ports.yaml', PACK.replace('"ferry" w/s "strike"', '"ferry" AND lang:de'));
    const topicsIn = async (lang: string): Promise<readonly string[]> =>
      jsonOf(await folder.run(['match', '-', '--json', '--lang', lang], { stdin: [STRIKE] })).map(
        ({ topic }) => topic.id,
      );

    expect([await topicsIn('en'), await topicsIn('de')]).toEqual([[], ['ferry-strike']]);
  });

  it.each(['docs.jsonl', 'docs.ndjson', 'DOCS.JSONL'])('is one of %s by its id, a text or a number', async (name) => {
    folder.write(name, `${JSON.stringify({ id: 7, text: STRIKE })}\n${JSON.stringify({ id: 'b', text: CLOSURE })}\n`);
    const topicsOf = async (id: string): Promise<readonly string[]> =>
      jsonOf(await folder.run(['match', name, '--json', '--id', id])).map(({ topic }) => topic.id);

    expect([await topicsOf('7'), await topicsOf('b')]).toEqual([['ferry-strike'], ['harbour-closure']]);
  });

  it.each([
    ['has no document with the id c', '{"id":"a","text":""}', 'tocsin: docs.jsonl has no document with the id c\n'],
    ['has a line that is no JSON', '{"id":"a","text":""}\n\n{', 'tocsin: docs.jsonl, line 3: not JSON ('],
    ['has a line that is no document', '{"id":"a"}', 'tocsin: docs.jsonl, line 1: title and text are both missing\n'],
  ])('is refused where the file %s', async (_what, text, told) => {
    folder.write('docs.jsonl', text);

    const { code, stdout, stderr } = await folder.run(['match', 'docs.jsonl', '--id', 'c']);

    expect([code, stdout, stderr.slice(0, told.length)]).toEqual([2, '', told]);
  });

  it('must be chosen in a file of many', async () => {
    folder.write('docs.jsonl', '');

    expect((await folder.run(['match', 'docs.jsonl'])).stderr).toBe(
      'tocsin: docs.jsonl has many documents\n  choose one with --id ID\n',
    );
  });

  it('is too long beyond what the engine reads, which is said', async () => {
    const run = await folder.run(['match', '-'], { stdin: [`${'quiet '.repeat(12_000)}\n\n${CLOSURE}`] });

    expect([run.code, run.stdout, run.stderr]).toEqual([
      0,
      'no matches (2 topics checked)\n',
      'the document is too long; its end was not read\n',
    ]);
  });

  it('on which a topic takes more steps than the settings allow is not matched with it, which is said', async () => {
    folder.write('config/tocsin.yaml', 'topics:\n  stepsPerArticle: 1000\n');

    const run = await folder.run(['match', '-'], { stdin: ['harbour port closed shut '.repeat(2_000)] });

    expect([run.code, run.stderr]).toEqual([0, 'not matched: harbour-closure takes too many steps on this document\n']);
  });
});

describe('tocsin match --jsonl', () => {
  const line = (id: string | number, text: string, more: object = {}): string =>
    `${JSON.stringify({ id, title: '', text, ...more })}\n`;

  it('gives one line per match, in the order of the documents', async () => {
    const stdin = [line('a', CLOSURE), line(2, `${CLOSURE} ${STRIKE}`), line('c', 'A quiet day.')];

    const run = await folder.run(['match', '--jsonl', '-'], { stdin });

    expect(run.code).toBe(0);
    expect(linesOf(run).map(({ id, topic }) => ({ id, topic }))).toEqual([
      { id: 'a', topic: 'harbour-closure' },
      { id: 2, topic: 'harbour-closure' },
      { id: 2, topic: 'ferry-strike' },
    ]);
    expect(Object.keys(linesOf(run)[0]!)).toEqual([
      'id',
      'topic',
      'version',
      'passages',
      'why',
      'strength',
      'prominence',
    ]);
    expect(linesOf(run)[0]).toMatchObject({ strength: 'fair', prominence: 'lead' });
    expect(run.stderr).toBe('3 documents, 3 matches\n');
  });

  it('answers the same however the input is cut into chunks', async () => {
    const all = line('a', CLOSURE) + line('b', `Ünïcode 항구. ${STRIKE}`) + line('c', CLOSURE).trimEnd();
    const whole = await folder.run(['match', '--jsonl', '-'], { stdin: [all] });

    const bits = await folder.run(['match', '--jsonl', '-'], { stdin: all.match(/.{1,7}/gsu)! });

    expect(linesOf(whole)).toHaveLength(3);
    expect(bits.stdout).toBe(whole.stdout);
  });

  it('tells each line that it cannot read, goes on, and ends with exit code 1', async () => {
    const bad = [
      '{"id": 1',
      '[]',
      '{"title":"x","text":"y"}',
      '{"id":"x"}',
      '{"id":"x","text":7}',
      '{"id":"x","text":"","lang":1}',
    ];
    const stdin = [`${line('a', CLOSURE)}\n`, ...bad.map((each) => `${each}\n`), line('b', STRIKE)];

    const run = await folder.run(['match', '--jsonl', '-'], { stdin });

    expect(run.code).toBe(1);
    expect(linesOf(run).map(({ id }) => id)).toEqual(['a', 'b']);
    const told = run.stderr.trimEnd().split('\n');
    expect(told.slice(0, -1).map((each) => /^line (\d+): /.exec(each)?.[1])).toEqual(['3', '4', '5', '6', '7', '8']);
    expect(told.at(-1)).toBe('2 documents, 2 matches, 6 lines could not be read');
  });

  it('does not keep a line without end in memory', async () => {
    const endless = Array.from({ length: 60 }, () => 'x'.repeat(100_000));

    const run = await folder.run(['match', '--jsonl', '-'], { stdin: [...endless, '\n', line('a', CLOSURE)] });

    expect(run.stderr).toContain('line 1: the line is longer than');
    expect(linesOf(run).map(({ id }) => id)).toEqual(['a']);
  });

  it('answers what has come before more comes, so that a program can talk with it', async () => {
    const seen: string[] = [];
    let written = '';
    const { runCommandLine } = await import('../../cli/command-line.ts');

    await runCommandLine(['match', '--jsonl', '-'], {
      stdout: (text) => {
        written += text;
      },
      stderr: () => {},
      stdin: async function* () {
        yield line('a', CLOSURE);
        seen.push(written);
        yield line('b', STRIKE);
      },
      terminal: { stdout: false, stderr: false },
      color: false,
      cwd: folder.path,
      env: {},
      zone: () => 0,
      signal: new AbortController().signal,
    });

    expect(seen).toHaveLength(1);
    expect(seen[0]).toContain('"id":"a"');
  });

  it('reads on only when what it wrote was taken', async () => {
    const order: string[] = [];
    const { runCommandLine } = await import('../../cli/command-line.ts');

    await runCommandLine(['match', '--jsonl', '-'], {
      stdout: () => void order.push('written'),
      stderr: () => {},
      flush: async () => void order.push('taken'),
      stdin: async function* () {
        order.push('asked');
        yield line('a', CLOSURE);
        order.push('asked');
      },
      terminal: { stdout: false, stderr: false },
      color: false,
      cwd: folder.path,
      env: {},
      zone: () => 0,
      signal: new AbortController().signal,
    });

    expect(order.slice(0, 4)).toEqual(['asked', 'written', 'taken', 'asked']);
  });

  it('writes many matches at once', async () => {
    const stdin = [Array.from({ length: 500 }, (_, index) => line(index, CLOSURE)).join('')];

    const run = await folder.run(['match', '--jsonl', '-'], { stdin });

    expect(linesOf(run)).toHaveLength(500);
    expect(run.writes).toBeLessThan(10);
  });

  it('writes before its input ends when much has gathered', async () => {
    const run = await folder.run(['match', '--jsonl', '-'], {
      stdin: [line('x'.repeat(66_000), CLOSURE) + line('b', CLOSURE)],
    });

    expect(run.writes).toBe(2);
    expect(run.stderr).toBe('2 documents, 2 matches\n');
  });

  it('counts one document and one match as such', async () => {
    expect((await folder.run(['match', '--jsonl', '-'], { stdin: [line('a', CLOSURE)] })).stderr).toBe(
      '1 document, 1 match\n',
    );
  });

  it('reads a file as well, and knows language, address and source', async () => {
    folder.write(
      'config/topics/ports.yaml',
      PACK.replace('"ferry" w/s "strike"', '("ferry" w/s "strike") AND source:"example.org" AND lang:de AND url:sea'),
    );
    folder.write(
      'docs.jsonl',
      line('a', STRIKE, { lang: 'de', url: 'https://www.example.org/sea', source: 'Sea news' }) + line('b', STRIKE),
    );

    const run = await folder.run(['match', '--jsonl', 'docs.jsonl']);

    expect(linesOf(run).map(({ id }) => id)).toEqual(['a']);
  });

  it('ends at Ctrl-C with what it has', async () => {
    const abort = new AbortController();
    const stdin = function* () {
      yield line('a', CLOSURE);
      abort.abort();
      yield line('b', CLOSURE);
      yield line('c', CLOSURE);
    };

    const run = await folder.run(['match', '--jsonl', '-'], { stdin: stdin(), signal: abort.signal });

    expect(run.code).toBe(1);
    expect(linesOf(run).map(({ id }) => id)).toEqual(['a', 'b']);
  });
});
