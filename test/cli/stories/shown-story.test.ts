import { placeInWords, storiesAsTable, storyAsText } from '../../../cli/stories/shown-story.ts';
import { type PublishedReport, publishedReport } from '../../../shared/model/hit.ts';
import { type PublishedStory, publishedStory, withReport } from '../../../shared/model/story.ts';
import { type PublishedDelivery, publishedDelivery } from '../../../shared/model/subscription.ts';
import { aDelivery, aHit, aMatch } from '../../support/builders.ts';
import { zoneOf } from '../../support/time-zone.ts';

const UTC = zoneOf('UTC');
const HIT = aHit();
const [SOURCE] = aMatch().sources;
const story = (change: Partial<PublishedStory> = {}): PublishedStory => ({
  ...publishedStory(withReport(null, { hit: HIT, title: 'Convoy crosses', language: 'en', source: SOURCE! })),
  ...change,
});
const REPORT: PublishedReport = publishedReport(HIT, aMatch());
const deliveryOfReport = (n: number): PublishedDelivery => ({
  ...publishedDelivery(aDelivery({ articleId: REPORT.article })),
  subscriptionId: `reader-${n}` as PublishedDelivery['subscriptionId'],
});
const linesOf = (text: string): readonly string[] => text.split('\n');

describe('a story in words', () => {
  it('names its latest headline only when it is another', () => {
    const [one, other] = ['Convoy crosses', 'Convoy has crossed'].map((latestTitle) =>
      storyAsText(story({ latestTitle }), [], [], UTC),
    );

    expect(linesOf(one!)[1]).toMatch(/^ {2}reports {4}1 report, from /);
    expect(linesOf(other!)[1]).toBe('  latest     Convoy has crossed');
  });

  it('names all its sources and topics', () => {
    const sources = [SOURCE!, { ...SOURCE!, title: 'Other\nnews' }];

    const text = storyAsText(story({ sources, topics: ['a', 'b'], severity: 'high' }), [], [], UTC);

    expect(text).toContain(`  sources    ${SOURCE!.title}, Other news\n`);
    expect(text).toContain('  topics     a, b; severity high\n');
  });

  it('shows each report below an empty line, with its place, its matches and what became of it', () => {
    const text = storyAsText(story(), [REPORT], [deliveryOfReport(1)], UTC);

    expect(linesOf(text).slice(-6)).toEqual([
      '',
      expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d UTC {2}Convoy crosses the river — /),
      '  the first report (no open story is similar)',
      `  match ${REPORT.matches[0]!.id}  river-crossings`,
      '  email      pending, attempts 0, subscription reader-1',
      '',
    ]);
  });

  it('shows what is no longer stored of a report', () => {
    expect(storyAsText(story(), [publishedReport(HIT, null)], [], UTC)).toContain('  no longer stored\n');
  });

  it.each([
    [10, 10, null],
    [11, 10, '  and 1 more: tocsin deliveries --story '],
    [13, 10, '  and 3 more: tocsin deliveries --story '],
  ])('of %d deliveries of a report shows %d, and says where the others are', (count, shown, more) => {
    const deliveries = Array.from({ length: count }, (_, n) => deliveryOfReport(n));

    const lines = linesOf(storyAsText(story(), [REPORT], deliveries, UTC));

    expect(lines.filter((line) => line.startsWith('  email'))).toHaveLength(shown);
    expect(lines.filter((line) => line.startsWith('  and '))).toEqual(more === null ? [] : [`${more}${story().id}`]);
  });

  it('has no deliveries of other reports', () => {
    const other = publishedDelivery(aDelivery({ articleId: 'other' as PublishedReport['article'] }));

    expect(storyAsText(story(), [REPORT], [other], UTC)).not.toContain('email');
  });
});

it('stories in a table have a row each, and none make no table', () => {
  expect(storiesAsTable([], { zone: UTC })).toBe('');
  const [head, row] = linesOf(storiesAsTable([story({ title: 'x'.repeat(91) })], { zone: UTC }));
  expect(head).toMatch(/^LAST REPORT +REPORTS +TOPICS +HEADLINE +ID$/);
  expect(row).toContain(` ${'x'.repeat(89)}…  `);
});

it.each([
  ['first', [], 'the first report (why)'],
  ['new', ['14 dead', 'a\nbridge'], 'brings something new: 14 dead, a bridge (why)'],
  ['new', [], 'brings something new (why)'],
  ['same', ['14 dead'], 'brings nothing new (why)'],
  ['copy', [], 'a copy of an earlier report (why)'],
] as const)('the place of a report is told: %s, with the news %j', (kind, news, words) => {
  expect(placeInWords({ ...REPORT.story, kind, news, reason: 'why' })).toBe(words);
});
