// Feeds as they live: items come, are edited, dated anew, leave and come back, under guids and links of seven manners. Whatever a history
// holds, each item that is about the topic at some poll sends exactly one alert. Histories follow from seeds.
import { jest } from '@jest/globals';
import { START } from '../support/builders.ts';
import { aFollowedFeed, type Entry, rss } from '../support/followed-feed.ts';
import { below, pick, type Random, seeded } from '../support/seeded.ts';

jest.setTimeout(120_000);

const HISTORIES = 160;
const POLLS = 16;
const POLL_MS = 35 * 60_000;

/** Made of syllables, five to seven letters: two items share hardly a word. */
const SYLLABLES = 'bal cor dun fel gim hos jar kel lom mun nev pol rus sil tam vor wex yar zim qua'.split(' ');
const WORDS = SYLLABLES.flatMap((one) => SYLLABLES.map((other) => `${one}${other}`));

interface Story {
  readonly number: number;
  /** The poll at which it first appears. */
  readonly from: number;
  readonly title: string;
  readonly text: string;
  /** From this poll on, what the edit makes of it; the topic's words may be among it. */
  readonly edit: { readonly from: number; readonly text: string; readonly title: string } | null;
  /** From this poll on it bears a date an hour later. */
  readonly redatedFrom: number;
  /** Its text says at each poll how often it was read. */
  readonly isCounted: boolean;
  readonly isAwaited: boolean;
}

interface Manner {
  readonly what: string;
  readonly shows: (n: number, poll: number, place: number) => Pick<Entry, 'guid' | 'link'>;
  /** Items shown at once at most. */
  readonly most: number;
  readonly mayEdit: boolean;
  readonly mayRedate: boolean;
}

const page = (name: number | string): string => `https://news.example.org/story/${name}`;
const MANNERS: readonly Manner[] = [
  {
    what: 'guids and links',
    shows: (n) => ({ guid: `tag:${n}`, link: page(n) }),
    most: 5,
    mayEdit: true,
    mayRedate: true,
  },
  { what: 'guids', shows: (n) => ({ guid: `tag:${n}` }), most: 5, mayEdit: true, mayRedate: true },
  { what: 'links', shows: (n) => ({ link: page(n) }), most: 5, mayEdit: true, mayRedate: true },
  { what: 'neither', shows: () => ({}), most: 5, mayEdit: true, mayRedate: false },
  { what: 'one guid', shows: () => ({ guid: 'current' }), most: 1, mayEdit: true, mayRedate: false },
  { what: 'one link', shows: () => ({ link: page('current') }), most: 1, mayEdit: true, mayRedate: false },
  {
    what: 'guids of places',
    shows: (n, _poll, place) => ({ guid: `place-${place}`, link: page(n) }),
    most: 4,
    mayEdit: false,
    mayRedate: false,
  },
  {
    what: 'new guids and links at each poll',
    shows: (n, poll) => ({ guid: `${n}-${poll}`, link: page(`${n}?at=${poll}`) }),
    most: 5,
    mayEdit: false,
    mayRedate: false,
  },
];

const some = (random: Random, count: number): string =>
  Array.from({ length: count }, () => pick(random, WORDS)).join(' ');
const news = (n: number): string => `The convoy called ship${n} crossed the river.`;

function aStory(random: Random, number: number, manner: Manner): Story {
  const from = 1 + number * (manner.most === 1 ? 4 : 2);
  const isAwaited = random() < 0.6;
  const comesLate = manner.mayEdit && random() < 0.4;
  const title = some(random, 4 + below(random, 4));
  const text = `${some(random, 6 + below(random, 20))}.`;
  const told = isAwaited && !comesLate ? `${text} ${news(number)}` : text;
  const isEdited = comesLate || (manner.mayEdit && random() < 0.4);
  const added = `${told} ${isAwaited && comesLate ? news(number) : ''} ${some(random, 3)}.`;
  const headline = manner.mayRedate && random() < 0.3 ? some(random, 5) : title;
  const edit = isEdited ? { from: from + 1, text: added, title: headline } : null;
  const redatedFrom = manner.mayRedate && random() < 0.3 ? from + 1 : Number.POSITIVE_INFINITY;
  const isCounted = manner.mayEdit && random() < 0.3;
  return { number, from, title, text: told, edit, redatedFrom, isCounted, isAwaited };
}

const dateAt = (poll: number): string => new Date(Date.parse(START) + (poll + 1) * POLL_MS).toUTCString();

function entryOf(
  { number, from, title, text, edit, redatedFrom, isCounted }: Story,
  poll: number,
  place: number,
  manner: Manner,
): Entry {
  const shown = edit !== null && poll >= edit.from ? edit : { title, text };
  return {
    title: shown.title,
    text: isCounted ? `${shown.text} Read ${7 * poll} times.` : shown.text,
    date: dateAt(poll >= redatedFrom ? from + 2 : from),
    ...manner.shows(number, poll, place),
  };
}

/** Newest first; now and then in another order where the place is no name, or without some that come back. */
function documentAt(stories: readonly Story[], poll: number, manner: Manner, random: Random): string {
  const alive = stories
    .filter(({ from }) => from <= poll)
    .toReversed()
    .slice(0, manner.most);
  const turned = manner.what !== 'guids of places' && random() < 0.2 ? alive.toReversed() : alive;
  // What has just come or been edited stays for a while: what is never shown cannot be told.
  const isShown = ({ from }: Story): boolean => poll < from + 4 || random() < 0.85;
  const shown = turned.filter(isShown);
  return rss(
    shown.map((story, place) => entryOf(story, poll, place, manner)),
    poll,
  );
}

describe.each(MANNERS)('a feed with $what', (manner) => {
  it(`tells of each item once, over ${HISTORIES / MANNERS.length} histories`, async () => {
    for (let seed = 1; seed <= HISTORIES / MANNERS.length; seed += 1) {
      const random = seeded(seed * 31);
      const stories = Array.from({ length: manner.most === 1 ? 4 : 7 }, (_, n) => aStory(random, n, manner));
      const { poll, world } = await aFollowedFeed();
      await poll(rss([{ title: 'Rain until Friday', guid: 'rain', text: 'Rain.', date: dateAt(0) }], 0), POLL_MS);

      for (let at = 1; at <= POLLS; at += 1) await poll(documentAt(stories, at, manner, random), POLL_MS);

      const told = world.mails.flatMap(({ text }) =>
        [
          ...text
            .replaceAll('*', '')
            .replaceAll(/\s+/g, ' ')
            .matchAll(/called ship(\d+) crossed/g),
        ].map(([, n]) => Number(n)),
      );
      const awaited = stories.filter(({ isAwaited }) => isAwaited).map(({ number }) => number);
      expect({ seed, told: told.toSorted() }).toEqual({ seed, told: awaited.toSorted() });
    }
  });
});
