// Notes of items: what tells an edit from another item under a known guid or link.
import { articleIdOfItem, identifyItems } from '../../../shared/feeds/item-identity.ts';
import {
  decodeNote,
  encodeNote,
  exactOf,
  isAnotherItem,
  LONG_NOTE_DIGITS,
  lettersDiffer,
  minutesSince,
  NOTE_DIGITS,
  noteOf,
} from '../../../shared/feeds/item-note.ts';
import { articleIdOf, feedIdOf } from '../../../shared/model/ids.ts';
import type { Item } from '../../../shared/model/item.ts';
import { anItem, later, START } from '../../support/builders.ts';

const NOW = new Date(START);
const HOUR = 3_600_000;
const NEW = { wasEdited: false, isStock: false, wasRenamed: false };
const identified = (item: Item) => identifyItems([item], null)[0]!;

const before = anItem({
  title: 'Ferry strike enters third week',
  summary: 'Sailors refuse overtime while negotiators meet behind closed doors in the harbour office.',
});
const OTHER = {
  title: 'Mayor opens library',
  summary: 'Children recited poems; masons needed nine years for stairs and shelves.',
};
const MOVED = { url: 'https://news.example.org/2026/11/18/library' };
const LATER = { published: later(HOUR) };
const A_DAY_LATER = { published: later(24 * HOUR) };
const UNDATED = { published: null };
const PARTLY = { summary: `${before.summary} Talks go on tomorrow.` };

/** Eight words long enough to be drawn, and five of them with three others. */
const EIGHT = { summary: 'Sailors refuse overtime; negotiators: harbour office closed, meeting.' };
const FOUR_OF_EIGHT = { summary: 'Sailors refuse overtime; negotiators: library marble statue poems.' };
const FIVE_OF_EIGHT = { summary: 'Sailors refuse overtime; negotiators: harbour library marble statue.' };

const isAnother = (change: Partial<Item>, first: Partial<Item> = {}): boolean => {
  const noted = noteOf(identified({ ...before, ...first }), NEW, NOW);
  return isAnotherItem(identified({ ...before, ...first, ...change }), noted);
};

describe('under a known guid', () => {
  it.each<[what: string, change: Partial<Item>, first?: Partial<Item>]>([
    ['title, text, link and date are others', { ...OTHER, ...MOVED, ...LATER }],
    ['title, text and date are others', { ...OTHER, ...LATER }],
    ['title, text and link are others', { ...OTHER, ...MOVED }],
    ['title and text are others, without dates', OTHER, UNDATED],
    ['title and text are others, without a link', { ...OTHER, ...LATER }, { url: null }],
    [
      'title and date are others, without a text and a link',
      { title: OTHER.title, ...LATER },
      { summary: null, url: null },
    ],
    ['title, link and date are others, without a text', { title: OTHER.title, ...MOVED, ...LATER }, { summary: null }],
    ['text and date are others, without a title', { summary: OTHER.summary, ...LATER }, { title: null }],
    ['text, link and date are others', { summary: OTHER.summary, ...MOVED, ...LATER }],
    [
      'half of the title is another, and so are text and date',
      { title: 'Bulletin 102', summary: OTHER.summary, ...LATER },
      { title: 'Bulletin 101' },
    ],
    [
      'no word of the title is left and the date is later, though most of the text is',
      { title: OTHER.title, ...FIVE_OF_EIGHT, ...LATER },
      EIGHT,
    ],
    [
      'title and day are the name, and the text is another an hour later',
      { summary: OTHER.summary, ...LATER },
      { id: null, url: null },
    ],
    ['the text is another, and the date is a day later', { summary: OTHER.summary, ...A_DAY_LATER }],
    [
      'the number in the title and the text are others',
      { title: 'Situation report 18 for the coast', summary: OTHER.summary, ...LATER },
      { title: 'Situation report 17 for the coast' },
    ],
    [
      'the number in the title and the text are others, without dates',
      { title: 'Situation report 18 for the coast', summary: OTHER.summary },
      { title: 'Situation report 17 for the coast', ...UNDATED },
    ],
  ])('another item is shown where %s', (_what, change, first = {}) => {
    expect(isAnother(change, first)).toBe(true);
  });

  it.each<[what: string, change: Partial<Item>, first?: Partial<Item>]>([
    ['only the headline is another', { title: OTHER.title }],
    ['only headline and date are others', { title: OTHER.title, ...LATER }],
    ['headline, date and link are others', { title: OTHER.title, ...LATER, ...MOVED }],
    ['the text goes on, under another headline, link and date', { ...PARTLY, title: OTHER.title, ...LATER, ...MOVED }],
    [
      'the text begins with a new paragraph',
      { summary: `${OTHER.summary} ${before.summary}`, title: OTHER.title, ...LATER },
    ],
    ['only the date is another', A_DAY_LATER],
    ['only the link is another', MOVED],
    [
      'the number in the title is another, and half of the text',
      { title: 'Storm at the coast: 14 hurt', ...FOUR_OF_EIGHT, ...LATER },
      { title: 'Storm at the coast: 12 hurt', ...EIGHT },
    ],
    [
      'the number in the title and the text are others, under the same date',
      { title: 'Situation report 18 for the coast', summary: OTHER.summary },
      { title: 'Situation report 17 for the coast' },
    ],
    [
      'a word is added to the title, and the text is another',
      { title: `${before.title} again`, summary: OTHER.summary, ...LATER },
    ],
    ['only the text is another', { summary: OTHER.summary }],
    ['the text is another an hour later', { summary: OTHER.summary, ...LATER }],
    ['text and link are others, without a later date', { summary: OTHER.summary, ...MOVED }],
    ['title and text are others, but not link and date', OTHER],
    ['the text is no longer there', { summary: null, title: OTHER.title, ...LATER }],
    ['the text arrives later', { summary: OTHER.summary }, { summary: null }],
    [
      'only the headline is there, and it is another under the same link',
      { title: OTHER.title, ...LATER },
      { summary: null },
    ],
    [
      'no word of the title is left, but most of the text, and the date is the same',
      { title: OTHER.title, ...FIVE_OF_EIGHT, ...MOVED },
      EIGHT,
    ],
    [
      'a word of the title is left, most of the text, and the date is later',
      { title: 'Strike: mayor opens talks', ...FIVE_OF_EIGHT, ...LATER },
      { ...EIGHT, title: 'Ferry strike goes on' },
    ],
    ['half a headline stays over other words', { ...OTHER, title: 'Ferry strike enters final hours' }],
  ])('an edit is shown where %s', (_what, change, first = {}) => {
    expect(isAnother(change, first)).toBe(false);
  });

  it.each([
    [
      'Chinese',
      '渡轮罢工进入第三周',
      '水手拒绝加班,谈判代表在港口办公室开会。',
      '市长为图书馆揭幕',
      '孩子们朗诵诗歌,石匠花了九年时间建造楼梯和书架。',
    ],
    [
      'Russian',
      'Забастовка паромщиков',
      'Моряки отказываются от сверхурочной работы.',
      'Мэр открыл библиотеку',
      'Дети читали стихи на новой лестнице.',
    ],
    [
      'Korean',
      '여객선 파업 셋째 주',
      '선원들은 초과 근무를 거부하고 있다.',
      '시장이 도서관을 열었다',
      '아이들이 새 계단에서 시를 읽었다.',
    ],
  ])('words are told apart in %s', (_language, title, summary, otherTitle, otherSummary) => {
    const first = { title, summary };

    expect(isAnother({ title: otherTitle, summary: otherSummary, ...LATER }, first)).toBe(true);
    expect(isAnother({ title: otherTitle, summary: `${summary} ${otherSummary}`, ...LATER }, first)).toBe(false);
  });
});

describe('a note', () => {
  const full = noteOf(identified(before), { wasEdited: true, isStock: true, wasRenamed: true }, NOW);

  it('comes back from its digits', () => {
    const bare = noteOf(
      identified(anItem({ id: null, url: null, title: null, summary: null, published: null })),
      NEW,
      NOW,
    );

    expect(encodeNote(full)).toHaveLength(LONG_NOTE_DIGITS);
    expect(encodeNote({ ...full, article: null })).toHaveLength(NOTE_DIGITS);
    expect(decodeNote(encodeNote(full))).toEqual(full);
    expect(decodeNote(encodeNote(bare))).toEqual(bare);
    expect(bare).toMatchObject({
      titleWords: [],
      textWords: [],
      minute: null,
      byLink: false,
      link: '0000',
      article: null,
    });
  });

  it('of a version that is not known counts as none', () => {
    expect(decodeNote(`9${encodeNote(full).slice(1)}`)).toBeNull();
    expect(decodeNote(encodeNote(full).slice(2))).toBeNull();
  });

  it('does not change with white space, and its letters not with numbers and signs', () => {
    const spaced = { ...before, summary: before.summary!.replaceAll(' ', ' \n ') };
    const counted = { ...before, summary: `${before.summary} (17)` };

    expect(exactOf(spaced)).toBe(full.exact);
    expect([exactOf(counted) === full.exact, lettersDiffer(counted, full)]).toEqual([false, false]);
  });

  it('changes with a number in the title, and with content behind a summary', () => {
    expect(lettersDiffer({ ...before, title: `${before.title} 2` }, full)).toBe(true);
    expect(lettersDiffer({ ...before, content: 'More.' }, full)).toBe(true);
  });

  it('gives the minutes since its item was matched, over years', () => {
    expect(
      [0, 59, 60, 525_600].map((minutes) => minutesSince(full, new Date(NOW.getTime() + minutes * 60_000))),
    ).toEqual([0, 59, 60, 525_600]);
  });
});

describe('the article of an item', () => {
  const feed = feedIdOf('https://news.example.org/feed.xml');

  it('is named by its own link, the original of an AMP copy', () => {
    const copy = anItem({ url: 'https://news-example-org.cdn.ampproject.org/c/s/news.example.org/a' });

    expect(articleIdOfItem(feed, identified(copy))).toBe(articleIdOf('https://news.example.org/a'));
  });

  it('is named by feed and guid where the link names nothing', () => {
    const [one, other] = identifyItems([anItem({ id: 'a', title: 'A' }), anItem({ id: 'b', title: 'B' })], null);

    expect([one!.linkIsOwn, articleIdOfItem(feed, one!)]).toEqual([false, articleIdOf(feed, one!.keys.name)]);
    expect(articleIdOfItem(feed, one!)).not.toBe(articleIdOfItem(feed, other!));
  });

  it('is named by title and day where guid and link were seen to be reused, and by its words where the title was too', () => {
    const item = anItem();
    const names = identified(item).keys;
    const byTitle = identifyItems([item], null, (name) => name === names.name || name === names.page)[0]!;
    const byWords = identifyItems([item], null, () => true)[0]!;

    expect([byTitle.keys.namedBy, byTitle.linkIsOwn, byTitle.keys.marks.length]).toEqual(['title', false, 2]);
    expect([byWords.keys.namedBy, byWords.keys.name]).toEqual(['look', byTitle.keys.look]);
  });

  it('is its own where two items share title and day and differ in their words', () => {
    const bare = (summary: string) => anItem({ id: null, url: null, title: 'Traffic', summary });

    const found = identifyItems([bare('A convoy on the bridge.'), bare('All roads are free.')], null);

    expect(new Set(found.map((one) => articleIdOfItem(feed, one))).size).toBe(2);
  });
});

it('an item has the note that earlier versions stored for it', () => {
  const item = anItem({
    url: 'https://news.example.org/2026/11/18/ferries',
    title: 'Ferry strike enters week 3',
    summary: 'Sailors refuse overtime while negotiators meet behind closed doors in the harbour office.',
    published: '2026-11-18T08:30:00.000Z',
  });

  expect(encodeNote(noteOf(identified(item), NEW, new Date('2026-11-18T09:00:00.000Z')))).toBe(
    '2f850cd0a4ee54db1f2646cb7c912f3a197d399143f503d1c87d5e87d7c25f6902d2046a03ab22d842f1a7f265d0f996ad',
  );
  expect(
    encodeNote(
      noteOf(
        identified({ ...item, url: null, published: null }),
        { wasEdited: true, isStock: true, wasRenamed: true },
        new Date('2026-11-18T09:00:00.000Z'),
      ),
    ),
  ).toBe('2f850cd0a4ee54db1f2646cb7c912f3a197d399143f503dfffffff87d7cd0000');
});

it('a note keeps each of its marks', () => {
  for (const mark of ['wasEdited', 'isStock', 'wasRenamed'] as const) {
    const note = noteOf(identified(before), { ...NEW, [mark]: true }, NOW);

    expect(decodeNote(encodeNote(note))).toEqual(note);
    expect(note).toMatchObject({ ...NEW, [mark]: true, byLink: true });
  }
  expect(noteOf(identified({ ...before, url: null }), NEW, NOW)).toMatchObject({ byLink: false, article: null });
});
