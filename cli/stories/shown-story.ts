// Stories and their reports in words.
import type { PublishedReport } from '../../shared/model/hit.ts';
import { type PublishedStory, reportsInWords } from '../../shared/model/story.ts';
import { localMinute, type ZoneOffset } from '../local-time.ts';
import { oneLine, table } from '../output.ts';

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

/** The story, then its reports, the newest first. */
export function storyAsText(story: PublishedStory, reports: readonly PublishedReport[], zone: ZoneOffset): string {
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
  return [...head, ...reports.flatMap((report) => ['', ...reportLines(report, zone)])]
    .map((line) => `${line}\n`)
    .join('');
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
