// Stories and their reports in words.
import type { PublishedReport } from '../../shared/model/hit.ts';
import { type PublishedStory, reportsInWords } from '../../shared/model/story.ts';
import type { PublishedDelivery } from '../../shared/model/subscription.ts';
import { deliveryLine } from '../deliveries/delivery-line.ts';
import { localMinute, type ZoneOffset } from '../local-time.ts';
import { oneLine, table } from '../output.ts';

/** Deliveries of one report. */
const MOST_SHOWN = 10;

type Placed = PublishedReport['story'];

export const storiesAsTable = (stories: readonly PublishedStory[], { zone }: { readonly zone: ZoneOffset }): string =>
  stories.length === 0
    ? ''
    : table(stories, [
        { title: 'LAST REPORT', value: ({ lastSeenAt }) => localMinute(lastSeenAt, zone) },
        { title: 'REPORTS', value: reportsInWords },
        { title: 'TOPICS', value: ({ topics }) => topics.join(', ') },
        { title: 'HEADLINE', value: ({ title }) => title, maxWidth: 90 },
        { title: 'ID', value: ({ id }) => id },
      ]);

/** The story, then its reports, the newest first, each with what became of it for every subscriber. */
export function storyAsText(
  story: PublishedStory,
  reports: readonly PublishedReport[],
  deliveries: readonly PublishedDelivery[],
  zone: ZoneOffset,
): string {
  const ofReport = Map.groupBy(deliveries, ({ articleId }) => articleId);
  const { title, latestTitle, language, firstSeenAt, lastSeenAt, topics, severity, sources, id } = story;
  const head = [
    oneLine(title),
    ...(latestTitle === title ? [] : [`  latest     ${oneLine(latestTitle)}`]),
    `  reports    ${reportsInWords(story)}, from ${localMinute(firstSeenAt, zone)} to ${localMinute(lastSeenAt, zone)}`,
    `  sources    ${sources.map((source) => oneLine(source.title)).join(', ')}`,
    `  topics     ${topics.map(oneLine).join(', ')}; severity ${severity}`,
    `  language   ${oneLine(language)}`,
    `  story      ${oneLine(id)}`,
  ];
  return [
    ...head,
    ...reports.flatMap((report) => [
      '',
      ...reportLines(report, zone),
      ...deliveryLines(ofReport.get(report.article) ?? [], story.id, zone),
    ]),
  ]
    .map((line) => `${line}\n`)
    .join('');
}

function deliveryLines(deliveries: readonly PublishedDelivery[], story: string, zone: ZoneOffset): readonly string[] {
  const lines = deliveries.slice(0, MOST_SHOWN).map((each) => `  ${deliveryLine(each, zone)}`);
  const more = deliveries.length - lines.length;
  return more === 0 ? lines : [...lines, `  and ${more} more: tocsin deliveries --story ${oneLine(story)}`];
}

function reportLines(report: PublishedReport, zone: ZoneOffset): readonly string[] {
  const { story, title, sources, matches, firstSeenAt } = report;
  const from = sources.map((source) => oneLine(source.title)).join(', ');
  const what = title === null ? 'no longer stored' : `${oneLine(title)} — ${from}`;
  return [
    `${localMinute(firstSeenAt, zone)}  ${what}`,
    `  ${placeInWords(story)}`,
    ...matches.map(({ id, topic }) => `  match ${id}  ${oneLine(topic)}`),
  ];
}

/** What a report is to its story, and why: `brings something new: 14 dead (shares *ferry*, …)`. */
export function placeInWords({ kind, news, reason }: Placed): string {
  const brought = news.length === 0 ? '' : `: ${news.map(oneLine).join(', ')}`;
  return `${KINDS[kind]}${kind === 'new' ? brought : ''} (${oneLine(reason)})`;
}

const KINDS: Readonly<Record<Placed['kind'], string>> = {
  first: 'the first report',
  new: 'brings something new',
  same: 'brings nothing new',
  copy: 'a copy of an earlier report',
};
