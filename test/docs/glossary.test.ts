// One thing has one name: the glossary lists each word once, in order, and what it calls code is in the code.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PRODUCT = ['shared', 'adapters', 'lambdas', 'infra', 'local', 'cli'];

const entries = readFileSync(join(ROOT, 'docs/glossary.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| word '))
  .map((line) => {
    const [, word = '', meaning = ''] = line.split(' | ').join('|').split('|');
    return { word: word.trim(), meaning: meaning.trim() };
  });
const sources = PRODUCT.flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(ROOT, folder, name), 'utf8').replace(/^\s*(\/\/|\*|\/\*).*$/gm, '')),
).join('\n');
const names = new Set(sources.match(/[A-Za-z_$][\w$]*/g));

/** Names that were given up for another; the glossary or the fields of software have a better word. */
const GIVEN_UP: Readonly<Record<string, string>> = {
  FeedNews: 'FeedIncident',
  tellFeedNews: 'notifyOperators',
  listTold: 'listNotified',
  AlertTopic: 'AlertPublisher',
  TopicPublication: 'AlertEvent',
  hideMs: 'visibilityTimeoutMs',
  sideBySide: 'mapConcurrently',
  takeSingleAlert: 'reserveImmediateAlert',
  mayGoAlone: 'reserveImmediateAlert',
  EverySoOften: 'FunctionSchedule',
  SyntaxFault: 'ExpressionSyntaxError',
  PollGroup: 'PollBatch',
  DeliveryTrouble: 'DeliveryFailure',
  Patience: 'maxWaitMs',
  decideTogether: 'decideShared',
  SmtpFault: 'SmtpError',
  isPassingNameFault: 'isPassingNameFailure',
};

describe('the glossary', () => {
  it('has each word once, in alphabetical order', () => {
    const words = entries.map(({ word }) => word.toLowerCase());

    expect(words.length).toBeGreaterThan(50);
    expect(words).toEqual([...new Set(words)].toSorted((a, b) => a.localeCompare(b, 'en')));
  });

  it('names code that exists', () => {
    const called = entries.flatMap(({ word, meaning }) =>
      [...meaning.matchAll(/`([A-Z][A-Za-z]+)(?:\.(\w+))?`/g)].map(([, type = '', field = type]) => ({
        word,
        type,
        field,
      })),
    );

    expect(called.length).toBeGreaterThan(30);
    expect(called.filter(({ type, field }) => !names.has(type) || !names.has(field))).toEqual([]);
  });
});

describe('the code', () => {
  it.each(Object.entries(GIVEN_UP))('says %s no longer, but %s', (old) => {
    expect(names.has(old)).toBe(false);
  });
});
