// `tocsin matches ID`: one match, why it matched, the story that its article belongs to, and what became of its alerts.
import { failureInWords, PLACES } from '../../../shared/alerts/wording.ts';
import type { PublishedReport } from '../../../shared/model/hit.ts';
import type { PublishedMatch, QuietReason } from '../../../shared/model/match.ts';
import { type PublishedStory, reportsInWords } from '../../../shared/model/story.ts';
import type { PublishedDelivery } from '../../../shared/model/subscription.ts';
import { type ApiClient, ApiProblemError } from '../../api/client.ts';
import { fetchAllPages } from '../../api/pages.ts';
import { type CommandIo, EXIT } from '../../command.ts';
import { deliveryLine } from '../../deliveries/delivery-line.ts';
import { localSecond, type ZoneOffset } from '../../local-time.ts';
import { matchesAsText } from '../../matches/shown-match.ts';
import { oneLine, printJson } from '../../output.ts';
import { placeInWords } from '../../stories/shown-story.ts';

export async function showMatch(api: ApiClient, id: string, io: CommandIo): Promise<number> {
  const path = `/v1/matches/${encodeURIComponent(id)}`;
  const match = await api.call<PublishedMatch>('GET', path);
  const deliveries = await fetchAllPages<PublishedDelivery>(api, `${path}/deliveries`);
  const found = await storyOf(api, path);
  if (io.json) printJson(io, { ...match, story: found?.report.story ?? null, deliveries });
  else {
    const details = [
      ...originLines(match, io.zone),
      ...storyLines(found),
      ...deliveries.map((each) => deliveryLine(each, io.zone)),
    ];
    io.stdout(matchesAsText([match], io) + details.map((line) => `  ${line}\n`).join(''));
  }
  return EXIT.done;
}

interface StoryOfMatch {
  readonly story: PublishedStory;
  readonly report: PublishedReport;
}

/** Null for a match from before there were stories. */
async function storyOf(api: ApiClient, path: string): Promise<StoryOfMatch | null> {
  try {
    return await api.call<StoryOfMatch>('GET', `${path}/story`);
  } catch (error) {
    if (error instanceof ApiProblemError && error.code === 'not_found') return null;
    throw error;
  }
}

const storyLines = (found: StoryOfMatch | null): readonly string[] =>
  found === null
    ? []
    : [
        `story      ${oneLine(found.story.title)} (${reportsInWords(found.story)}): tocsin stories ${oneLine(found.story.id)}`,
        `           this report: ${placeInWords(found.report.story)}`,
      ];

const QUIET_WORDS: Readonly<Record<NonNullable<QuietReason>, string>> = {
  first_poll_old: 'an old item in the first poll of its feed',
  old: 'its date was already old when it first appeared in its feed',
};

function originLines(
  { why, topic, article, times, quiet, strength, prominence }: PublishedMatch,
  zone: ZoneOffset,
): readonly string[] {
  const failure = article.extractionFailure === null ? '' : `; ${oneLine(failureInWords(article.extractionFailure))}`;
  const notYet = quiet === null ? 'no alerts yet' : `no alerts: ${QUIET_WORDS[quiet]}`;
  const alerts = times.alertedAt === null ? notYet : `alerts ready ${localSecond(times.alertedAt, zone)}`;
  const polled = `${localSecond(times.polledAt, zone)}, matched ${localSecond(times.matchedAt, zone)}`;
  return [
    `why        ${oneLine(why)} (${topic.id} ${topic.version})`,
    `strength   ${strength}, ${PLACES[prominence]}`,
    `text from  ${article.origin}${failure}`,
    `polled     ${polled}, ${alerts}`,
  ];
}
