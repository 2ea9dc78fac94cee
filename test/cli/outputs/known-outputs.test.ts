import { addressesAsText, filterInWords, outputAsText, requestIn } from '../../../cli/outputs/known-outputs.ts';
import type { PublishedOutput } from '../../../shared/model/output.ts';
import { anOutput } from '../../support/output-world.ts';
import { zoneOf } from '../../support/time-zone.ts';

const shown = (change: Partial<PublishedOutput> = {}): PublishedOutput =>
  ({ ...anOutput(), ...change }) as PublishedOutput;
const noApi = { call: () => Promise.reject(new Error('it was asked')), close: async () => {} };

it.each<[Partial<PublishedOutput>, string]>([
  [{ topics: ['*'] }, 'every topic'],
  [{ topics: ['a', 'b'] }, 'a, b'],
  [{ topics: ['a', '*'] }, 'every topic'],
  [
    { topics: ['a'], feed: 'f1' as PublishedOutput['feed'], source: 'reuters.com', lang: 'de', text: 'bridge' },
    'a; feed f1; source reuters.com; language de; text "bridge"',
  ],
])('what an output holds is told in words: %j', (change, words) => {
  expect(filterInWords(shown(change))).toBe(words);
});

it.each([
  [null, 'never read yet'],
  ['2026-11-29', 'last read on 2026-11-29'],
])('an output says when it was made and last read: %s', (lastReadOn, words) => {
  expect(outputAsText(shown({ title: 'My\nrivers', lastReadOn }), zoneOf('UTC')).split('\n')).toEqual([
    'My rivers: every topic',
    expect.stringMatching(new RegExp(`^ {2}Made \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d UTC; ${words}$`)),
    `  Output ${anOutput().id}`,
    '',
  ]);
});

describe('a request for an output', () => {
  it('has what was given; an empty value ends a filter', async () => {
    expect(await requestIn(noApi, { topic: ['a'], title: 'T', source: '', lang: undefined })).toEqual({
      topics: ['a'],
      title: 'T',
      source: null,
    });
    expect(await requestIn(noApi, { feed: '' })).toEqual({ feed: null });
    expect(await requestIn(noApi, {})).toEqual({});
  });

  it('has nothing of the options that say which instance is meant', async () => {
    expect(await requestIn(noApi, { text: 'x', data: 'folder', stack: 'Tocsin' } as never)).toEqual({ text: 'x' });
  });

  it('names a feed by its id, or asks for the id of an address', async () => {
    const feed = { id: 'f1', url: 'https://news.example.org/feed' };
    const api = { ...noApi, call: async () => ({ items: [feed], cursor: null }) as never };

    expect(await requestIn(noApi, { feed: 'f1' })).toEqual({ feed: 'f1' });
    expect(await requestIn(api, { feed: feed.url })).toEqual({ feed: 'f1' });
    await expect(requestIn(api, { feed: 'https://other.example.org/' })).rejects.toThrow(
      'https://other.example.org/ is not followed',
    );
  });
});

it.each([
  ['http://127.0.0.1:7777/o/x', false],
  ['/o/x', true],
])('the addresses are shown with what they lack: %s', (atom, lacksBeginning) => {
  const lines = addressesAsText({ ...shown(), addresses: { atom, json: `${atom}.json` } }).split('\n');

  expect(lines.slice(0, 2)).toEqual([`  Atom:      ${atom}`, `  JSON Feed: ${atom}.json`]);
  expect(lines.some((line) => line.includes('the beginning is missing'))).toBe(lacksBeginning);
  expect(lines.slice(-3)).toEqual([
    '  Whoever has an address can read this output. It is shown only now, so keep it like a password.',
    `  Another one instead: tocsin outputs renew ${anOutput().id}`,
    '',
  ]);
});
