// The shipped packs: what they promise holds, and their own examples pass.
import { readdirSync, readFileSync } from 'node:fs';
import { checkPack, problemsOf } from '../../shared/packs/check-pack.ts';
import { parsePacks } from '../../shared/packs/parse-pack.ts';

const FOLDER = 'config/topics';
const packs = parsePacks(
  readdirSync(FOLDER)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => ({ path: `${FOLDER}/${name}`, text: readFileSync(`${FOLDER}/${name}`, 'utf8') })),
);
const topics = packs.flatMap((pack) => pack.topics);
const tests = packs.flatMap((pack) => pack.tests);

/** Topics that labelled sets elsewhere know by these ids, in every language that is shipped. */
const CORE = [
  'arms-transfer',
  'ceasefire-or-peace-talks',
  'military-exercise',
  'missile-or-nuclear-test',
  'sanctions',
  'state-of-emergency',
  'treaty-ratification',
  'troop-deployment',
];
const LANGUAGES = ['ar', 'de', 'en', 'es', 'fr', 'ja', 'ko', 'ru', 'uk', 'zh'];
const EXAMPLES_EACH = 4;

describe('the shipped topics', () => {
  it('have no errors', () => {
    expect(packs.flatMap(problemsOf).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('are 28, each with title, description, codes and severity of its own', () => {
    expect(topics).toHaveLength(28);
    for (const { id, title, description, codes } of topics) {
      expect({ id, isTold: title !== '' && description.length > 40 && Object.keys(codes).length > 0 }).toEqual({
        id,
        isTold: true,
      });
    }
  });

  it('are eight in ten languages, the others in English at least', () => {
    const languagesOf = new Map(topics.map(({ id, any }) => [id, Object.keys(any).sort()]));

    for (const id of CORE) expect({ id, languages: languagesOf.get(id) }).toEqual({ id, languages: LANGUAGES });
    for (const [id, languages] of languagesOf)
      expect({ id, isInEnglish: languages.includes('en') }).toEqual({ id, isInEnglish: true });
  });

  it('have four examples with their passage, and four near misses, in each language', () => {
    const lacking = topics.flatMap(({ id, any }) =>
      Object.keys(any).flatMap((language) => {
        const own = tests.filter((test) => test.topicId === id && (test.language ?? 'en') === language);
        const matches = own.filter(({ expect: wanted, passage }) => wanted === 'match' && passage !== null).length;
        const misses = own.filter(({ expect: wanted }) => wanted === 'no').length;
        return Math.min(matches, misses) < EXAMPLES_EACH ? [{ id, language, matches, misses }] : [];
      }),
    );

    expect(lacking).toEqual([]);
  });

  it.each(topics.map(({ id }) => id))('%s is found in its examples and not in its near misses', (id) => {
    const checked = checkPack(
      topics.filter((topic) => topic.id === id),
      tests.filter(({ topicId }) => topicId === id),
    );

    expect(checked.problems.map(({ message, path, line }) => `${path}:${line} ${message}`)).toEqual([]);
  });
});
