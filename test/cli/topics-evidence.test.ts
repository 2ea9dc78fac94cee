// `tocsin topics check --evidence`: which rules and words of packs no text supports.
import { type CommandFolder, commandFolder } from '../support/command-line.ts';

const PACK = `
apiVersion: tocsin.dev/v1
kind: TopicPack
pack: { id: ports, version: 1.0.0 }
sets:
  port: { en: harbour OR port }
  game: { en: chess OR cards }
topics:
  - id: closures
    title: Harbours closed
    any: { en: ['({port} NEAR/4 ("closed" OR "shut")) NOT NEAR/6 {game}', '"no ship" AND sails', 'quay AND NOT museum'] }
    none: { en: [carnival] }
    tests:
      - match: The port was closed on Monday.
      - no: Chess players found the port closed.
  - id: strikes
    title: Strikes
    any: { en: [strike] }
    tests: [{ match: The strike began on Monday., lang: en }, { no: The ferry sails at noon., lang: en }]
`;

let folder: CommandFolder;
beforeEach(() => {
  folder = commandFolder({ 'config/topics/ports.yaml': PACK, 'none.jsonl': '' });
});
afterEach(() => folder.remove());

const check = (...args: readonly string[]) => folder.run(['topics', 'check', ...args]);

interface Shown {
  readonly topic: string;
  readonly ruleCount: number;
  readonly wordCount: number;
  readonly rules: readonly string[];
  readonly words: readonly { readonly language: string; readonly word: string }[];
}
/** What is said of the closures when the files hold these documents. */
async function closuresWith(...documents: readonly object[]): Promise<Shown> {
  const lines = documents.map((each, id) => `${JSON.stringify({ id, title: '', lang: 'en', ...each })}\n`);
  folder.write('documents.jsonl', lines.join(''));
  const { stdout, stderr } = await check('--evidence', 'documents.jsonl', '--json');
  expect(stderr).toBe('');
  return (JSON.parse(stdout) as { unsupported: readonly Shown[] }).unsupported[0]!;
}
const wordsOf = ({ words }: Shown): readonly string[] => words.map(({ word }) => word);

const [PORT, SHIP, QUAY] = [
  'en: ({port} NEAR/4 ("closed" OR "shut")) NOT NEAR/6 {game}',
  'en: "no ship" AND sails',
  'en: quay AND NOT museum',
];

describe('topics check --evidence', () => {
  it('lists the rules that nothing supports, and the words of the others', async () => {
    const { code, stdout } = await check('--evidence', 'none.jsonl');

    expect(code).toBe(0);
    expect(stdout).toBe(
      '2 topics, 4 tests: 4 pass, 0 fail; 0 errors, 0 warnings\n' +
        'closures: no evidence for 2 of 3 rules, and for 4 other words of 11\n' +
        `  rule   ${SHIP}\n  rule   ${QUAY}\n  words  en: harbour, "shut", cards\n  words  none: carnival\n`,
    );
  });

  it('is silent without the option', async () => {
    expect((await check()).stdout).toBe('2 topics, 4 tests: 4 pass, 0 fail; 0 errors, 0 warnings\n');
    expect(JSON.parse((await check('--json')).stdout)).not.toHaveProperty('unsupported');
  });

  it('takes a document in which the topic is found for evidence', async () => {
    const found = await closuresWith({ text: 'No ship came. A frigate sails.' }, { text: 'The harbour is shut.' });

    expect(found).toMatchObject({ topic: 'closures', ruleCount: 3, wordCount: 11, rules: [QUAY] });
    expect(wordsOf(found)).toEqual(['cards', 'carnival']);
    expect(found.words.at(-1)).toEqual({ language: '', word: 'carnival' });
  });

  it.each<[string, object, readonly string[]]>([
    ['believes a label', { labels: { closures: true } }, [SHIP, QUAY]],
    ['reads a document that is labelled for other topics', { labels: { strikes: true } }, [SHIP, QUAY]],
  ])('%s', async (_, keys, rules) => {
    const found = await closuresWith({ text: 'The harbour is shut.', ...keys });

    expect(found.rules).toEqual(rules);
    expect(wordsOf(found)).not.toContain('"shut"');
  });

  it.each<[string, object]>([
    ['is not about the topic', { labels: { closures: false } }],
    ['is borderline', { labels: { closures: true }, borderline: ['closures'] }],
  ])('takes no document that %s, by its label', async (_, keys) => {
    const found = await closuresWith({ text: 'The harbour is shut.', ...keys });

    expect(wordsOf(found)).toContain('"shut"');
  });

  it('asks that a word shows the rule, not that it stands somewhere', async () => {
    const found = await closuresWith({
      text: 'The port was closed. Nobody saw who shut the window of the bus on the hill.',
    });

    expect(wordsOf(found)).toContain('"shut"');
  });

  it('takes a word of an exclusion for supported where it keeps the rule from a text that is not about the topic', async () => {
    const cards = { text: 'They played cards while the harbour was closed.' };
    const no = { labels: { closures: false } };

    expect(wordsOf(await closuresWith({ ...cards, ...no }))).not.toContain('cards');
    expect(wordsOf(await closuresWith(cards))).toContain('cards');
    expect(wordsOf(await closuresWith({ ...cards, labels: { closures: true } }))).toContain('cards');
    expect(wordsOf(await closuresWith({ text: 'They played cards.', ...no }))).toContain('cards');
    const far =
      'The harbour was closed. Nobody minded, since it rained all day and all of them sat at home and played cards.';
    expect(wordsOf(await closuresWith({ text: far, ...no }))).toContain('cards');
  });

  it('takes the words of a rule whose other side is excluded', async () => {
    const no = { labels: { closures: false } };
    const museum = { text: 'The museum has a model of the quay.', ...no };

    const found = await closuresWith({ text: 'The quay is empty.' }, museum);

    expect(found.rules).toEqual([SHIP]);
    expect(wordsOf(found)).not.toContain('museum');
    expect(wordsOf(await closuresWith({ text: 'The quay is empty.' }))).toContain('museum');
  });

  it('takes a veto for supported where the topic would hold without it', async () => {
    const no = { labels: { closures: false } };

    expect(wordsOf(await closuresWith({ text: 'For the carnival the port is closed.', ...no }))).not.toContain(
      'carnival',
    );
    expect(wordsOf(await closuresWith({ text: 'The carnival begins.', ...no }))).toContain('carnival');
    folder.write('config/topics/ports.yaml', PACK.replace('[carnival]', '[carnival AND parade]'));
    expect(wordsOf(await closuresWith({ text: 'For the carnival the port is closed.', ...no }))).toContain('carnival');
  });

  it('asks for the context of a rule too', async () => {
    folder.write(
      'config/topics/ports.yaml',
      PACK.replace('    none: { en: [carnival] }', '    all: { en: [storm OR flood] }'),
    );

    const found = await closuresWith({ text: 'The quay is empty.' }, { text: 'In the storm the quay is empty.' });

    expect(found.rules).toEqual([PORT, SHIP]);
    expect(wordsOf(found)).toEqual(['museum', 'flood']);
  });

  it('fails with --strict as long as anything has no evidence', async () => {
    const document = (text: string, isAbout: boolean) =>
      `${JSON.stringify({ id: text, text, labels: { closures: isAbout } })}\n`;
    const texts = ['The harbour is shut.', 'No ship sails.', 'The quay is empty.'].map((text) => document(text, true));
    const others = ['They played cards in the closed harbour.', 'The port is closed for the carnival.'];
    folder.write('some.jsonl', texts.join(''));
    folder.write('others.jsonl', others.map((text) => document(text, false)).join(''));
    folder.write('museum.jsonl', document('The quay of the museum.', false));

    const lacking = await check('--strict', '--evidence', 'some.jsonl', '--evidence', 'others.jsonl');
    const files = ['some.jsonl', 'others.jsonl', 'museum.jsonl'].flatMap((file) => ['--evidence', file]);
    const all = await check('--strict', ...files);

    expect(lacking).toMatchObject({ code: 1, stdout: expect.stringContaining('  words  en: museum\n') as string });
    expect(all).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('\nevery rule and word has evidence\n') as string,
    });
  });

  it('takes a frame for one rule in each language, in whatever way a text says it', async () => {
    const words =
      'boat: { en: boat, de: Boot }, land: { en: { verb: land, participle: landed, noun: landing }, de: landen }';
    const topic = `title: Landings\nideas: { ${words} }\nframes: [ { name: landed, actor: boat, act: land } ]\n`;
    const tests = 'tests: [ { match: The boat lands on Monday., lang: en }, { no: The boat sank., lang: en } ]\n';
    folder.write(
      'config/topics/landings.yaml',
      `apiVersion: tocsin.dev/v2\nkind: Topic\nid: landings\n${topic}${tests}`,
    );

    const { stdout, stderr } = await check('--topic', 'landings', '--evidence', 'none.jsonl');

    expect(stderr).toBe('');

    expect(stdout).toContain('landings: no evidence for 1 of 2 rules');
    expect(stdout).toContain('  rule   landed: de\n');
  });

  it('keeps to the topic that is named', async () => {
    const { stdout } = await check('--topic', 'strikes', '--evidence', 'none.jsonl');

    expect(stdout).toMatch(/\nevery rule and word has evidence\n$/);
  });

  it.each([
    ['that is not there', 'gone.jsonl', 'gone.jsonl cannot be read'],
    ['with a bad line', 'bad.jsonl', 'bad.jsonl, line 1: id must be a text or a number'],
    ['with a bad label', 'odd.jsonl', 'odd.jsonl, line 1: invalid labels, borderline or passages'],
  ])('refuses a file %s', async (_, file, message) => {
    folder.write('bad.jsonl', '{"text":"x"}\n');
    folder.write('odd.jsonl', '{"id":1,"text":"x","labels":{"closures":"yes"}}\n');

    const { code, stderr } = await check('--evidence', file);

    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(message) as string });
  });
});
