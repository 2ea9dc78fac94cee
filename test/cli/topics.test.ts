// `tocsin topics check|test|explain|words`: what an author of topics is told.
import { type CommandFolder, commandFolder } from '../support/command-line.ts';

const PACK = `
apiVersion: tocsin.dev/v1
kind: TopicPack
pack: { id: ports, version: 1.2.0 }
sets:
  port: { en: harbour OR port }
topics:
  - id: harbour-closure
    title: Harbours closed
    any: { en: ['{port} NEAR/4 ("closed" OR "shut")'] }
    none: [ 'source:"games.example.org"' ]
    tests:
      - match: The port was closed on Monday.
        passage: port was closed
      - no: The port is busy.
  - id: ferry-strike
    title: Ferry strikes
    any: { en: ['"ferry" w/s strik*', '"crew* on strike"'] }
    tests:
      - match: The ferry crews are striking.
      - no: The ferry sails.
`;

let folder: CommandFolder;

beforeEach(() => {
  folder = commandFolder({ 'config/topics/ports.yaml': PACK });
});
afterEach(() => folder.remove());

const jsonLines = (documents: readonly object[]): string =>
  documents.map((each) => `${JSON.stringify(each)}\n`).join('');

describe('tocsin topics check', () => {
  it('counts what it checked when all is well', async () => {
    const run = await folder.run(['topics', 'check']);

    expect(run).toMatchObject({ code: 0, stdout: '2 topics, 4 tests: 4 pass, 0 fail; 0 errors, 0 warnings\n' });
  });

  it('shows every error with its place and caret, and ends with exit code 1', async () => {
    folder.write(
      'config/topics/ports.yaml',
      PACK.replace('{port} NEAR', '{prot} NEAR').replace('w/s strik*', 'strik*'),
    );

    const run = await folder.run(['topics', 'check']);

    expect(run.code).toBe(1);
    expect(run.stdout).toContain('E_UNKNOWN_SET  config/topics/ports.yaml:10:18  unknown set {prot}');
    expect(run.stdout).toContain('did you mean {port}?');
    expect(run.stdout).toContain('E_JUXTAPOSED  config/topics/ports.yaml:18:');
  });

  it('shows the tree of a test that fails', async () => {
    folder.write('config/topics/ports.yaml', PACK.replace('- no: The port is busy.', '- no: The port is shut.'));

    const run = await folder.run(['topics', 'check']);

    expect(run.code).toBe(1);
    expect(run.stdout).toContain('E_TEST_FAILED  config/topics/ports.yaml:15:');
    expect(run.stdout).toContain('must not match "The port is shut."');
    expect(run.stdout).toContain('+ {port}');
  });

  it('lets warnings pass, unless they are to be taken strictly', async () => {
    folder.write('config/topics/ports.yaml', PACK.replace('NEAR/4', 'NEAR/40'));

    expect((await folder.run(['topics', 'check'])).code).toBe(0);
    expect(await folder.run(['topics', 'check', '--strict'])).toMatchObject({ code: 1 });
  });

  it('does not take a topic that is not there for a sound one', async () => {
    const run = await folder.run(['topics', 'check', '--topic', 'harbour-closur']);

    expect({ code: run.code, stdout: run.stdout }).toEqual({ code: 2, stdout: '' });
    expect(run.stderr).toContain('did you mean harbour-closure?');
  });

  it('checks the files that are named, and one topic of them', async () => {
    folder.write('mine.yaml', PACK.replace('- no: The ferry sails.', '- no: The ferry crews strike.'));

    const other = await folder.run(['topics', 'check', 'mine.yaml', '--topic', 'harbour-closure', '--json']);
    const whole = await folder.run(['topics', 'check', 'mine.yaml', '--json']);

    expect(JSON.parse(other.stdout)).toEqual({ topics: 1, passed: 2, failed: 0, problems: [], frames: [] });
    expect(JSON.parse(whole.stdout)).toMatchObject({
      failed: 1,
      problems: [{ code: 'E_TEST_FAILED', topic: 'ferry-strike' }],
    });
    expect(whole.code).toBe(1);
  });
});

describe('a test that names a file', () => {
  const withTest = (test: string): void =>
    folder.write(
      'config/topics/ports.yaml',
      PACK.replace('- no: The port is busy.', `- no: The port is busy.\n      - ${test}`),
    );

  it('is run on the file beside the pack, whose first line may be a title', async () => {
    folder.write(
      'config/topics/fixtures/storm.txt',
      'Port closed\n\nA storm came. By noon the port was closed. It rained.\n',
    );
    withTest('match: { file: fixtures/storm.txt, lang: en, sentences: [0, 2] }');

    expect(await folder.run(['topics', 'check'])).toMatchObject({
      code: 0,
      stdout: '2 topics, 5 tests: 5 pass, 0 fail; 0 errors, 0 warnings\n',
    });
  });

  it('fails with its place when the file is not there, and the others are run', async () => {
    withTest('match: { file: fixtures/storm.txt, lang: en }');

    const run = await folder.run(['topics', 'check']);

    expect(run.code).toBe(1);
    expect(run.stdout).toMatch(
      /E_TEST_FAILED {2}config\/topics\/ports\.yaml:16:\d+ {2}harbour-closure: .*storm\.txt cannot be read/,
    );
    expect(run.stdout).toContain('5 tests: 4 pass, 1 fail');
  });
});

describe('a pack that states a licence', () => {
  it('fails the check when a topic lacks tests, where a private one is warned', async () => {
    const untested = PACK.replace('- no: The ferry sails.', '');
    folder.write('config/topics/ports.yaml', untested);
    const mine = await folder.run(['topics', 'check']);
    folder.write('config/topics/ports.yaml', untested.replace('version: 1.2.0', 'version: 1.2.0, license: CC0-1.0'));
    const shared = await folder.run(['topics', 'check']);

    expect(mine).toMatchObject({ code: 0, stdout: expect.stringContaining('W_NO_NEGATIVE_TEST') as string });
    expect(shared).toMatchObject({ code: 1, stdout: expect.stringContaining('E_NO_NEGATIVE_TEST') as string });
  });
});

describe('a pack that is checked alone', () => {
  const SETS = PACK.slice(0, PACK.indexOf('topics:')).replace('id: ports', 'id: words').replace('port:', 'dock:');
  const USER = PACK.replace('id: ports', 'id: user')
    .replaceAll('{port}', '{words/dock}')
    .replace(/sets:\n.*\n/, '');

  it('may use the sets of the packs beside it', async () => {
    folder.write('elsewhere/words.yaml', SETS);
    folder.write('elsewhere/user.yaml', USER);

    expect(await folder.run(['topics', 'check', 'elsewhere/user.yaml'])).toMatchObject({ code: 0 });
  });

  it('may be named by their folder', async () => {
    folder.write('elsewhere/words.yaml', SETS);
    folder.write('elsewhere/user.yaml', USER);

    const [byFolder, byFile] = [
      await folder.run(['topics', 'check', 'elsewhere']),
      await folder.run(['topics', 'check', 'elsewhere/user.yaml']),
    ];

    expect(byFolder).toMatchObject({ code: 0, stdout: byFile.stdout });
  });

  it('may use the sets of the packs in force', async () => {
    folder.write('config/topics/words.yaml', SETS);
    folder.write('user.yaml', USER);

    expect(await folder.run(['topics', 'check', 'user.yaml'])).toMatchObject({ code: 0 });
  });

  it('is told of the sets that nobody has, and of no problem of the other packs', async () => {
    folder.write(
      'config/topics/broken.yaml',
      PACK.replace('id: ports', 'id: broken').replace('"closed" OR', '"closed"'),
    );
    folder.write('user.yaml', USER);

    const run = await folder.run(['topics', 'check', 'user.yaml']);

    expect(run.code).toBe(1);
    expect(run.stdout).toContain('unknown set {words/dock}');
    expect(run.stdout).not.toContain('broken.yaml');
    expect(run.stdout).not.toContain('E_DUPLICATE');
  });
});

describe('the limits of the settings', () => {
  const WIDE = PACK.replace('NEAR/4', 'NEAR/60');

  it('are those of every command', async () => {
    folder.write('config/topics/ports.yaml', WIDE);
    const usual = await folder.run(['topics', 'check']);
    folder.write('config/tocsin.yaml', 'topics: { near: 80, nearWarning: 80 }\n');
    const stdin = ['The port was closed on Monday.'];

    expect(usual).toMatchObject({ code: 1, stdout: expect.stringContaining('NEAR/60: at most 50') as string });
    expect((await folder.run(['topics', 'check'])).stdout).toContain('4 pass, 0 fail; 0 errors, 0 warnings');
    expect((await folder.run(['match', '-'], { stdin })).stdout).toContain('harbour-closure');
    expect((await folder.run(['topics', 'explain', 'harbour-closure', '-'], { stdin })).stdout).toContain(
      'matches: en:',
    );
    expect(await folder.run(['topics', 'words', 'harbour-closure', '-'], { stdin })).toMatchObject({ code: 0 });
  });

  it('bound the steps as well', async () => {
    folder.write('config/tocsin.yaml', 'topics: { stepsPerArticle: 1000 }\n');
    const stdin = [`${'The port is here. '.repeat(1_500)} It was closed.`];

    const run = await folder.run(['match', '-', '--topic', 'harbour-closure'], { stdin });

    expect(run).toMatchObject({ code: 0, stdout: 'no matches (1 topic checked)\n' });
    expect(run.stderr).toContain('not matched: harbour-closure takes too many steps on this document');
  });
});

describe('tocsin topics test', () => {
  const labelled = (id: string, text: string, closure: boolean, more: object = {}): object => ({
    id,
    title: '',
    text,
    lang: 'en',
    labels: { 'harbour-closure': closure, 'unheard-of': false },
    borderline: [],
    passages: closure ? { 'harbour-closure': [text] } : {},
    ...more,
  });
  const CLOSED = 'The port of the island was closed on Monday.';
  const DOCUMENTS = [
    labelled('right', CLOSED, true),
    labelled('wrong', 'The port company has shut down its website.', false),
    labelled('missed', 'No ship may enter the harbour until further notice.', true),
    labelled('rejected', 'A quiet day.', false),
    labelled('unsure', CLOSED, false, { borderline: ['harbour-closure'] }),
    labelled('elsewhere', CLOSED, true, {
      passages: { 'harbour-closure': ['Fishermen protested in the capital afterwards.'] },
    }),
    labelled('german', 'Der Hafen ist zu.', true, { lang: 'de' }),
  ];

  beforeEach(() => folder.write('labelled.jsonl', jsonLines(DOCUMENTS)));

  it('gives precision, recall, F1 and passages, borderline pairs left out', async () => {
    const run = await folder.run(['topics', 'test', 'labelled.jsonl', '--json']);

    const report = JSON.parse(run.stdout) as { documents: number; topics: object; overall: object };
    const figures = {
      right: 2,
      wrong: 1,
      missed: 2,
      rejected: 1,
      borderline: 1,
      precision: 2 / 3,
      recall: 0.5,
      f1: 4 / 7,
      passage: 0.5,
      best: 0.5,
    };
    expect(run.code).toBe(0);
    expect(report.documents).toBe(7);
    expect(report.topics).toEqual({ 'harbour-closure': figures });
    expect(report.overall).toEqual(figures);
    expect(run.stderr).toBe('left out, because no pack has them: unheard-of\n');
  });

  it('shows them to people with intervals, and the misses when asked', async () => {
    const plain = await folder.run(['topics', 'test', 'labelled.jsonl']);
    const run = await folder.run(['topics', 'test', 'labelled.jsonl', '--misses']);

    expect(plain.stdout).toMatch(/^TOPIC +LABELLED +RIGHT +WRONG +MISSED +PRECISION +RECALL +F1 +PASSAGE +BEST\n/);
    expect(plain.stdout).toMatch(/harbour-closure +4 +2 +1 +2 +66\.7 \(21–94\) +50\.0 \(15–85\) +57\.1 +50\.0 +50\.0/);
    expect(plain.stdout).not.toContain('website');
    expect(run.stdout).toContain('harbour-closure, wrong: found by mistake\n  shown     The port company');
    expect(run.stdout).toContain('harbour-closure, missed: missed\n  labelled  No ship');
    expect(run.stdout).toContain('harbour-closure, elsewhere: found with the wrong passage');
    expect(run.stdout).not.toContain('unsure');
  });

  it('says nothing of a topic without a text that has it', async () => {
    folder.write('none.jsonl', jsonLines([labelled('rejected', 'A quiet day.', false)]));

    const run = await folder.run(['topics', 'test', 'none.jsonl']);

    expect(run.stdout).toMatch(/harbour-closure +0 +0 +0 +0 +- +- +- +- +-\n/);
  });

  it('keeps to one language, or to all but English', async () => {
    const english = await folder.run(['topics', 'test', 'labelled.jsonl', '--json', '--lang', 'en']);
    const others = await folder.run(['topics', 'test', 'labelled.jsonl', '--json', '--lang', 'non-en']);

    expect(JSON.parse(english.stdout)).toMatchObject({ documents: 6, overall: { missed: 1 } });
    expect(JSON.parse(others.stdout)).toMatchObject({
      documents: 1,
      overall: { missed: 1, right: 0, precision: null },
    });
  });

  it('does not count a passage as right that shows the whole article', async () => {
    const lines = [labelled('all', CLOSED, true, { passages: { 'harbour-closure': ['was closed on Monday'] } })];
    const noise = Array.from({ length: 80 }, (_, index) => `word${index}`).join(' ');
    folder.write('short.jsonl', jsonLines(lines));
    folder.write(
      'long.jsonl',
      jsonLines(lines.map((each) => ({ ...each, text: `The port was closed ${noise} on Monday` }))),
    );
    folder.write('config/topics/ports.yaml', PACK.replace('    none:', '    passage: { maxChars: 2000 }\n    none:'));
    const passageOf = async (file: string): Promise<unknown> =>
      (JSON.parse((await folder.run(['topics', 'test', file, '--json'])).stdout) as { overall: { passage: number } })
        .overall.passage;

    expect(await passageOf('short.jsonl')).toBe(1);
    expect(await passageOf('long.jsonl')).toBe(0);
  });

  it('keeps to the samples that are named', async () => {
    const documents = ['north', 'south', 1, undefined].map((sample, index) =>
      labelled(`d${index}`, CLOSED, true, { sample }),
    );
    folder.write('samples.jsonl', jsonLines(documents));
    const documentsOf = async (...args: string[]): Promise<unknown> =>
      JSON.parse((await folder.run(['topics', 'test', 'samples.jsonl', '--json', ...args])).stdout).documents;

    expect(await documentsOf()).toBe(4);
    expect(await documentsOf('--sample', 'north')).toBe(1);
    expect(await documentsOf('--sample', 'north,1')).toBe(2);
    expect(await documentsOf('--sample', 'south', '--lang', 'en')).toBe(1);
  });

  it('says nothing of other topics where one is named, and gives the misses as data only when asked', async () => {
    const args = ['topics', 'test', 'labelled.jsonl', '--topic', 'harbour-closure', '--json'];

    const { stdout, stderr } = await folder.run(args);
    const { misses } = JSON.parse((await folder.run([...args, '--misses'])).stdout);

    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).not.toHaveProperty('misses');
    expect(misses).toHaveLength(4);
    expect(misses[0]).toMatchObject({ kind: 'wrong', topic: 'harbour-closure', id: 'wrong', labelled: null });
  });

  it('names every topic that no pack has, and takes packs from another folder', async () => {
    folder.write('elsewhere/ports.yaml', PACK.replaceAll('ferry-strike', 'crew-strike'));
    folder.write(
      'labels.jsonl',
      jsonLines([labelled('one', CLOSED, true, { labels: { 'crew-strike': false, one: true, 'ferry-strike': true } })]),
    );

    const { code, stderr } = await folder.run(['topics', 'test', 'labels.jsonl', '--packs', 'elsewhere']);

    expect(code).toBe(0);
    expect(stderr).toBe('left out, because no pack has them: one, ferry-strike\n');
  });

  it('has a line for each topic, one for all, and the number of documents', async () => {
    folder.write(
      'two.jsonl',
      jsonLines([
        labelled('one', CLOSED, true, {
          labels: { 'harbour-closure': true, 'ferry-strike': true },
          title: 'Port\u001b',
        }),
      ]),
    );

    const { stdout } = await folder.run(['topics', 'test', 'two.jsonl', '--misses']);

    expect(stdout.split('\n').map((line) => line.split(/ {2,}/).slice(0, 5))).toEqual([
      ['TOPIC', 'LABELLED', 'RIGHT', 'WRONG', 'MISSED'],
      ['harbour-closure', '1', '1', '0', '0'],
      ['ferry-strike', '1', '0', '0', '1'],
      ['overall', '2', '1', '0', '1'],
      ['1 documents; 0 borderline pairs left out'],
      [''],
      ['ferry-strike, one: missed'],
      ['', 'title', 'Port\ufffd'],
      [''],
    ]);
  });

  it.each([
    ['labels that are a list', { labels: [] }],
    ['no labels', { labels: null }],
    ['a borderline that is no list', { borderline: 'harbour-closure' }],
    ['a borderline with a number', { borderline: ['harbour-closure', 1] }],
    ['passages that are a list', { passages: [] }],
    ['passages that are a text', { passages: { 'harbour-closure': 'text' } }],
    ['passages of numbers', { passages: { 'harbour-closure': ['text', 1] } }],
  ])('does not take %s', async (_, more) => {
    folder.write('bad.jsonl', jsonLines([labelled('bad', CLOSED, true, more)]));

    const run = await folder.run(['topics', 'test', 'bad.jsonl']);

    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(
      /^tocsin: bad\.jsonl, line 1: invalid labels, borderline or passages\n {2}expected labels: \{ "topic-id": true \}/,
    );
  });

  it('needs neither borderline nor passages', async () => {
    folder.write('plain.jsonl', jsonLines([{ id: 1, text: CLOSED, labels: { 'harbour-closure': true } }]));

    const { stdout } = await folder.run(['topics', 'test', 'plain.jsonl', '--json']);

    expect(JSON.parse(stdout).overall).toMatchObject({ right: 1, passage: 0, borderline: 0 });
  });

  it.each([
    ['a line that is no JSON', '{"id":', 'bad.jsonl, line 2: not JSON'],
    ['a document without labels', '{"id":"x","text":"y"}', 'bad.jsonl, line 2: invalid labels'],
    ['a label that is no yes or no', '{"id":"x","text":"y","labels":{"a":"yes"}}', 'bad.jsonl, line 2: invalid labels'],
  ])('answers %s with exit code 2 and its line', async (_, line, message) => {
    folder.write('bad.jsonl', `${jsonLines(DOCUMENTS.slice(0, 1))}${line}\n`);

    const run = await folder.run(['topics', 'test', 'bad.jsonl']);

    expect(run.code).toBe(2);
    expect(run.stderr).toContain(message);
  });

  it('answers a file that labels none of the topics with exit code 2', async () => {
    const run = await folder.run(['topics', 'test', 'labelled.jsonl', '--topic', 'ferry-strike']);

    expect(run.code).toBe(2);
    expect(run.stderr).toContain('has no labels for ferry-strike');
  });
});

describe('tocsin topics explain', () => {
  it('shows what each part found, and the passages', async () => {
    const run = await folder.run(['topics', 'explain', 'harbour-closure', '-'], {
      stdin: ['The port was closed on Monday.'],
    });

    expect(run.code).toBe(0);
    expect(run.stdout).toContain('any en: + {port} NEAR/4 ("closed" OR "shut")  [1–3] "port was closed"');
    expect(run.stdout).toContain('  + {port}  [1–1] "port"');
    expect(run.stdout).toContain('matches: en: {port} NEAR/4');
    expect(run.stdout).toContain('«port» was «closed»');
  });

  it('names the first part that was not there', async () => {
    const run = await folder.run(['topics', 'explain', 'harbour-closure', '-'], { stdin: ['The port is busy.'] });

    expect(run.code).toBe(0);
    expect(run.stdout).toContain('+ {port}  [1–1] "port"');
    expect(run.stdout).toContain('not found: ("closed" OR "shut")');
    expect(run.stdout).toContain('does not match');
  });

  it('counts the alternatives that were not there, and shows those of which something was', async () => {
    const ways = '(alpha OR bravo OR (port NEAR/2 sealed) OR (charlie NEAR/2 delta)) NEAR/4 "closed"';
    folder.write('config/topics/ports.yaml', PACK.replace('{port} NEAR/4 ("closed" OR "shut")', ways));

    const run = await folder.run(['topics', 'explain', 'harbour-closure', '-'], { stdin: ['The port is closed.'] });

    expect(run.stdout).toContain('- (alpha OR bravo OR (port NEAR/2 sealed) OR (charlie NEAR/2 delta))  none of 4\n');
    expect(run.stdout).toContain('+ port  [1–1] "port"');
    expect(run.stdout).not.toMatch(/^ *- (?:alpha|charlie)/m);
  });

  it('shows the expressions that hold before those that do not', async () => {
    folder.write(
      'config/topics/ports.yaml',
      PACK.replace("any: { en: ['{port} NEAR/4", "any: { en: [bravo, '{port} NEAR/4"),
    );

    const run = await folder.run(['topics', 'explain', 'harbour-closure', '-'], { stdin: ['The port is closed.'] });

    expect(run.stdout.match(/^any en: [+-]/gm)).toEqual(['any en: +', 'any en: -']);
  });

  it('works on a topic while another is broken, and tells what is wrong with its own', async () => {
    folder.write('config/topics/ports.yaml', PACK.replace('w/s strik*', 'strik*'));

    const sound = await folder.run(['topics', 'explain', 'harbour-closure', '-'], { stdin: ['The port was closed.'] });
    const broken = await folder.run(['topics', 'explain', 'ferry-strike', '-'], { stdin: ['The ferry sails.'] });

    expect(sound.code).toBe(0);
    expect(broken.code).toBe(2);
    expect(broken.stderr).toContain('ferry-strike has errors');
    expect(broken.stderr).toContain('E_JUXTAPOSED  config/topics/ports.yaml:18:');
  });

  it('shows the veto that kept a topic from holding', async () => {
    folder.write(
      'docs.jsonl',
      jsonLines([{ id: 1, text: 'The port was closed.', url: 'https://games.example.org/1' }]),
    );

    const run = await folder.run(['topics', 'explain', 'harbour-closure', 'docs.jsonl', '--id', '1']);

    expect(run.stdout).toContain('none + source:"games.example.org"');
    expect(run.stdout).toContain('does not match');
  });

  it('leaves out the languages of which nothing was found, unless they are asked for', async () => {
    folder.write(
      'config/topics/ports.yaml',
      PACK.replace("any: { en: ['{port}", "any: { ko: 항구, fr: port OR havre, en: ['{port}"),
    );
    const args = ['topics', 'explain', 'harbour-closure', '-', '--lang', 'en'];

    const usual = await folder.run(args, { stdin: ['The port is busy.'] });
    const all = await folder.run([...args, '--all-languages'], { stdin: ['The port is busy.'] });

    expect(usual.stdout).toContain('any fr: + port OR havre');
    expect(usual.stdout).not.toContain('항구');
    expect(usual.stdout).toContain('nothing found in ko');
    expect(all.stdout).toContain('any ko: - 항구');
  });

  it('names each language of which nothing was found, and keeps what is for every language', async () => {
    folder.write(
      'config/topics/ports.yaml',
      PACK.replace("any: { en: ['{port}", "any: { ko: 항구, ja: 港, fr: havre, '*': zzz, en: ['{port}"),
    );

    const { stdout } = await folder.run(['topics', 'explain', 'harbour-closure', '-', '--lang', 'fr'], {
      stdin: ['Le quai est ferme.'],
    });

    expect(stdout).toContain('nothing found in ko, ja, en (--all-languages shows their trees)\n');
    expect(stdout).toMatch(/^any \*: - zzz/m);
    expect(stdout).toMatch(/^any fr: - havre/m);
    expect(stdout).toMatch(/^none - source:/m);
    expect(stdout).not.toMatch(/^any (?:ko|en): /m);
    expect(stdout).toMatch(/\n\ndoes not match\n$/);
  });

  it('says that a topic took too many steps, and that a document is too long', async () => {
    folder.write('config/tocsin.yaml', 'topics: { stepsPerArticle: 1000 }\n');
    const args = ['topics', 'explain', 'harbour-closure', '-'];

    const costly = await folder.run(args, { stdin: [`${'The port is here. '.repeat(1_500)} It was closed.`] });
    const long = await folder.run(args, { stdin: ['quiet '.repeat(10_001)] });
    const whole = await folder.run(args, { stdin: ['quiet '.repeat(9_000)] });

    expect(costly.stdout).toMatch(/\n\nnot matched: it takes too many steps on this document\n$/);
    expect(long.stdout).toMatch(/\ndoes not match\nthe document is too long; its end was not read\n$/);
    expect(whole.stdout).not.toContain('too long');
  });

  it('gives programs the answer, the passages and the tree', async () => {
    const args = ['topics', 'explain', 'ferry-strike', '-', '--json'];

    const held = JSON.parse((await folder.run(args, { stdin: ['The ferry crews are striking.'] })).stdout) as object;
    const missed = JSON.parse((await folder.run(args, { stdin: ['The ferry sails.'] })).stdout) as object;

    expect(held).toMatchObject({ topic: 'ferry-strike', holds: true, why: 'en: "ferry" w/s strik*', truncated: false });
    expect(missed).toMatchObject({ holds: false, why: null, passages: [] });
    expect(missed).toHaveProperty('tree', expect.arrayContaining([expect.stringMatching(/^any en: - /)]));
  });

  it.each([
    ['an unknown topic', ['harbour-closur', 'news.txt'], 'did you mean harbour-closure?'],
    ['a file that is not there', ['harbour-closure', 'news.txt'], 'news.txt cannot be read'],
    ['no document', ['harbour-closure'], 'usage: tocsin topics explain'],
    ['an id that is not in the file', ['harbour-closure', 'docs.jsonl', '--id', '9'], 'no document with the id 9'],
  ])('answers %s with exit code 2', async (_, args, message) => {
    folder.write('docs.jsonl', jsonLines([{ id: 1, text: 'x' }]));

    const run = await folder.run(['topics', 'explain', ...args]);

    expect({ code: run.code, stdout: run.stdout }).toEqual({ code: 2, stdout: '' });
    expect(run.stderr).toContain(message);
  });
});

describe('tocsin topics words', () => {
  beforeEach(() => {
    folder.write('a.txt', 'Ports and a port. PORT! Harbours. The report.');
    folder.write(
      'b.jsonl',
      jsonLines([
        { id: 1, text: 'A ferry strikes; striking crews. Crews on strike.' },
        { id: 2, text: 'They struck the ports. The crew on strike.' },
      ]),
    );
  });

  it('counts the forms that bare words catch, over files of every kind', async () => {
    const run = await folder.run(['topics', 'words', 'harbour-closure', 'a.txt', 'b.jsonl', '--json']);

    expect(run.code).toBe(0);
    expect(JSON.parse(run.stdout)).toEqual({
      documents: 3,
      words: [
        { word: 'harbour', language: 'en', count: 1, forms: [{ form: 'harbours', count: 1 }] },
        {
          word: 'port',
          language: 'en',
          count: 4,
          forms: [
            { form: 'ports', count: 2 },
            { form: 'port', count: 2 },
          ],
        },
      ],
    });
  });

  it('counts what wildcards catch, those of a phrase only where the phrase stands', async () => {
    const run = await folder.run(['topics', 'words', 'ferry-strike', 'b.jsonl']);

    expect(run.stdout).toMatch(/^strik\* +- +4 +strike 2, strikes 1, striking 1$/m);
    expect(run.stdout).toMatch(/^"crew\* on strike" +- +2 +crews on strike 1, crew on strike 1$/m);
    expect(run.stdout).toContain('2 documents, 16 words');
  });

  it('shows ten forms of a word, and all of them for --word', async () => {
    const forms = 'abcdefghijk'.split('').map((letter) => `strik${letter}`);
    folder.write('c.txt', forms.join(' '));

    const some = await folder.run(['topics', 'words', 'ferry-strike', 'c.txt']);
    const all = await folder.run(['topics', 'words', 'ferry-strike', 'c.txt', '--word', 'strik*']);

    expect(some.stdout).toMatch(/strikj 1 and 1 more$/m);
    expect(some.stdout).not.toContain('strikk');
    expect(all.stdout).toMatch(/strikj 1, strikk 1$/m);
  });

  it('has a table of the words, and keeps to the one that is named', async () => {
    const run = await folder.run(['topics', 'words', 'harbour-closure', 'a.txt']);
    const one = await folder.run(['topics', 'words', 'harbour-closure', 'a.txt', '--word', 'port', '--json']);

    expect(run.stdout).toBe(
      [
        'WORD     LANGUAGE  COUNT  FORMS',
        'harbour  en        1      harbours 1',
        'port     en        3      port 2, ports 1',
        '1 documents, 8 words',
        '',
      ].join('\n'),
    );
    expect(JSON.parse(one.stdout)).toMatchObject({ documents: 1, words: [{ word: 'port', count: 3 }] });
  });

  it('shows ten forms whole, and names no more', async () => {
    folder.write(
      'c.txt',
      'abcdefghij'
        .split('')
        .map((letter) => `strik${letter}`)
        .join(' '),
    );

    const { stdout } = await folder.run(['topics', 'words', 'ferry-strike', 'c.txt']);

    expect(stdout).toMatch(/strika 1, .*, strikj 1$/m);
    expect(stdout).not.toContain('more');
  });

  it('names the words that found nothing', async () => {
    const run = await folder.run(['topics', 'words', 'ferry-strike', 'a.txt']);

    expect(run.stdout).toContain('no matches for: strik*, "crew* on strike"');
  });

  it('answers a word that the topic has not with those it has', async () => {
    const run = await folder.run(['topics', 'words', 'harbour-closure', 'a.txt', '--word', 'prot']);

    expect(run.code).toBe(2);
    expect(run.stderr).toContain('known: harbour, port');
  });
});

describe('tocsin topics', () => {
  it.each([
    ['a misspelt verb', ['chek'], 'did you mean check?'],
    ['no verb', [], 'needs a verb'],
    ['a name that every object has', ['constructor'], 'unknown command "tocsin topics constructor"'],
  ])('answers %s with exit code 2 and the verbs it knows', async (_, args, message) => {
    const run = await folder.run(['topics', ...args]);

    expect(run.code).toBe(2);
    expect(run.stderr).toContain(message);
    expect(run.stderr).toContain('known: list, push, remove, restore, feedback, judge, check, test, explain, words');
  });
});

const FRAMED_FILES = {
  'config/topics/lexicon.yaml':
    'apiVersion: tocsin.dev/v2\nkind: Lexicon\nideas:\n  port: { en: harbour, ko: 항구 }\n  close: { en: { verb: shut, noun: closure } }\n',
  'config/topics/ports.yaml':
    'apiVersion: tocsin.dev/v2\nkind: Topic\nid: ports\ntitle: Ports\nframes: [ { name: closed, act: close, object: port } ]\nextra: { en: [ ferry ] }\ntests: [ { match: "They shut the harbour.", lang: en }, { no: "The harbour.", lang: en } ]\n',
};

describe('a topic with frames', () => {
  it('is checked with a table of its frames in each language', async () => {
    folder.remove();
    folder = commandFolder(FRAMED_FILES);

    const run = await folder.run(['topics', 'check']);

    expect(run).toMatchObject({
      code: 0,
      stdout: [
        '1 topic, 2 tests: 2 pass, 0 fail; 0 errors, 0 warnings',
        '',
        'ports         en  ko',
        'closed        7   -',
        'tests: match  1   -',
        'tests: no     1   -',
        '',
      ].join('\n'),
    });
  });

  it('is shown as the expressions that it becomes, with the sets on request', async () => {
    folder.remove();
    folder = commandFolder(FRAMED_FILES);

    const run = await folder.run(['topics', 'expand', 'ports', '--lang', 'en']);
    const withSets = await folder.run(['topics', 'expand', 'ports', '--sets']);

    expect(run.code).toBe(0);
    expect(run.stdout.split('\n')[0]).toBe(
      'closed: en: ({close.verb} ONEAR/6c {port}) WITHOUT {roles.recipient} WITHOUT ({roles.be} ONEAR/1c {close.verb})',
    );
    expect(run.stdout).toContain('\nen: ferry\n');
    expect(withSets.stdout).toContain('\n{close.verb} en: shut\n');
    expect((await folder.run(['topics', 'expand', 'ports', '--lang', 'ko'])).stdout).toBe('');
  });
});
