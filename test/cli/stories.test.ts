// `tocsin stories --jsonl`: documents in, their stories out.
import { type CommandFolder, type CommandRun, commandFolder } from '../support/command-line.ts';

let folder: CommandFolder;

beforeEach(() => {
  folder = commandFolder();
});
afterEach(() => folder.remove());

const FERRY = {
  id: 'a',
  title: 'Ferry sinks off Crete with 300 on board',
  text: 'A ferry with 300 people on board sank off the Greek island of Crete on Monday evening.',
  lang: 'en',
  publishedAt: '2026-03-02T08:00:00Z',
};
const AGAIN = {
  id: 7,
  title: 'Ferry with 300 on board sinks off Crete',
  text: 'Off the Greek island of Crete, a ferry sank on Monday evening. It had 300 people on board.',
  lang: 'en',
  publishedAt: '2026-03-02T09:00:00Z',
};

const lines = (...documents: readonly unknown[]): string =>
  documents.map((each) => (typeof each === 'string' ? each : JSON.stringify(each))).join('\n');

interface Placed {
  readonly id: string | number;
  readonly story: string;
  readonly kind: string;
  readonly reason: string;
}

const placedOf = ({ stdout }: CommandRun): readonly Placed[] =>
  stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Placed);

const run = (...documents: readonly unknown[]): Promise<CommandRun> =>
  folder.run(['stories', '--jsonl', '-'], { stdin: [lines(...documents)] });

describe('tocsin stories --jsonl', () => {
  it('writes the story, the kind and the reason of each document, in order', async () => {
    const result = await run(FERRY, AGAIN);

    const [first, again] = placedOf(result);
    expect(result.code).toBe(0);
    expect(Object.keys(first!)).toEqual(['id', 'story', 'kind', 'reason']);
    expect(first).toMatchObject({ id: 'a', kind: 'first' });
    expect(again).toMatchObject({ id: 7, story: first!.story, kind: 'same' });
    expect(result.stderr).toBe('2 documents in 1 story\n');
  });

  it('reads a file', async () => {
    folder.write('news.jsonl', lines(FERRY, AGAIN));

    const result = await folder.run(['stories', '--jsonl', 'news.jsonl']);

    expect(placedOf(result)).toEqual(placedOf(await run(FERRY, AGAIN)));
  });

  it('writes no line for documents of the context, and says how many there were', async () => {
    const result = await run({ ...FERRY, context: true }, AGAIN);

    expect(placedOf(result).map(({ id, kind }) => [id, kind])).toEqual([[7, 'first']]);
    expect(result.stderr).toBe('1 document in 1 story, 1 for the word statistics only\n');
  });

  it('gives a document that comes again the same answer', async () => {
    const [first, , again] = placedOf(await run(FERRY, AGAIN, FERRY));

    expect(again).toEqual(first);
  });

  it('tells the number 7 from the text "7"', async () => {
    const [, number, text] = placedOf(
      await run(FERRY, AGAIN, { ...FERRY, id: '7', title: 'Otters return to the Elbe', text: '' }),
    );

    expect(text!.story).not.toBe(number!.story);
  });

  it('finds out the language of a document that states none', async () => {
    const { lang: _lang, ...unstated } = AGAIN;

    const [first, again] = placedOf(await run(FERRY, unstated));

    expect(again!.story).toBe(first!.story);
  });

  it('finds the story of a document without a time as long as if it had come with the one before it', async () => {
    const { publishedAt, ...timeless } = FERRY;
    const before = { id: 'b', title: 'Wheat harvest is early', text: 'Farmers began on Monday.', publishedAt };

    const kinds = async (...documents: readonly unknown[]) => placedOf(await run(...documents)).map(({ kind }) => kind);

    expect(await kinds(before, timeless, AGAIN)).toEqual(['first', 'first', 'same']);
    expect(await kinds(before, timeless, { ...AGAIN, publishedAt: '2026-03-12T09:00:00Z' })).toEqual([
      'first',
      'first',
      'first',
    ]);
  });

  it('takes a document without a time for one that came when the one before it did', async () => {
    const { publishedAt: _time, ...timeless } = AGAIN;

    const [first, again] = placedOf(await run(FERRY, timeless));

    expect(again!.story).toBe(first!.story);
  });

  it('reports lines that cannot be read, with their numbers, and places the others', async () => {
    const result = await run(
      '{',
      FERRY,
      { ...AGAIN, publishedAt: 'yesterday' },
      { ...AGAIN, context: 'yes' },
      { id: 1 },
    );

    expect(result.code).toBe(1);
    expect(placedOf(result)).toHaveLength(1);
    expect(result.stderr).toMatch(/^line 1: not JSON/);
    expect(result.stderr).toContain('line 3: publishedAt must be a time such as 2026-03-02T08:00:00Z\n');
    expect(result.stderr).toContain('line 4: context must be true or false\n');
    expect(result.stderr).toContain('line 5: ');
    expect(result.stderr).toContain('1 document in 1 story, 4 lines could not be read\n');
  });

  it('answers after each piece of input: another program may wait', async () => {
    const { writes } = await folder.run(['stories', '--jsonl', '-'], {
      stdin: [`${JSON.stringify(FERRY)}\n`, `${JSON.stringify(AGAIN)}\n`],
    });

    expect(writes).toBe(2);
  });

  it('writes before its input ends when much has gathered', async () => {
    const long = { ...FERRY, id: 'x'.repeat(66_000) };

    const { writes } = await folder.run(['stories', '--jsonl', '-'], { stdin: [`${lines(long, AGAIN)}\n`] });
    const short = await folder.run(['stories', '--jsonl', '-'], { stdin: [`${lines(FERRY, AGAIN)}\n`] });

    expect([writes, short.writes]).toEqual([2, 1]);
  });

  it.each([7, true, 'March 2, 2026', 'on 2026-03-02', '2026-13-02'])('takes %j for no time', async (publishedAt) => {
    const { code, stderr } = await run({ ...FERRY, publishedAt });

    expect(code).toBe(1);
    expect(stderr).toContain('line 1: publishedAt must be a time');
  });

  it('counts stories', async () => {
    const other = { ...AGAIN, title: 'Rain in Oslo', text: 'It will rain in Oslo on Thursday, forecasters say.' };

    expect((await run(FERRY, other)).stderr).toBe('2 documents in 2 stories\n');
  });

  it('stops at Ctrl-C after the lines at hand', async () => {
    const abort = new AbortController();
    abort.abort();

    const result = await folder.run(['stories', '--jsonl', '-'], {
      stdin: [`${JSON.stringify(FERRY)}\n`, `${JSON.stringify(AGAIN)}\n`],
      signal: abort.signal,
    });

    expect(result.code).toBe(1);
    expect(placedOf(result)).toHaveLength(1);
  });

  it.each(['news.jsonl', '-'])('reads JSON lines only when asked to: %s', async (file) => {
    const result = await folder.run(['stories', file]);

    expect(result).toMatchObject({ code: 2, stdout: '' });
    expect(result.stderr).toContain(
      'missing --jsonl: documents are read as JSON lines\n  usage: tocsin stories --jsonl',
    );
  });

  it('shows its usage when no file is named', async () => {
    const result = await folder.run(['stories', '--jsonl']);

    expect(result.code).toBe(2);
    expect(result.stderr).toContain('tocsin stories --jsonl FILE|-');
  });
});
