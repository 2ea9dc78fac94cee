// `tocsin matches ID`: one match, why it matched, and what became of its alerts.
import { failureInWords } from '../../../shared/alerts/wording.ts';
import type { PublishedMatch, QuietReason } from '../../../shared/model/match.ts';
import type { PublishedDelivery } from '../../../shared/model/subscription.ts';
import type { ApiClient } from '../../api/client.ts';
import { fetchAllPages } from '../../api/pages.ts';
import { type CommandIo, EXIT } from '../../command.ts';
import { localSecond, type ZoneOffset } from '../../local-time.ts';
import { matchesAsText } from '../../matches/shown-match.ts';
import { oneLine, printJson } from '../../output.ts';

export async function showMatch(api: ApiClient, id: string, io: CommandIo): Promise<number> {
  const path = `/v1/matches/${encodeURIComponent(id)}`;
  const match = await api.call<PublishedMatch>('GET', path);
  const deliveries = await fetchAllPages<PublishedDelivery>(api, `${path}/deliveries`);
  if (io.json) printJson(io, { ...match, deliveries });
  else {
    const details = [...originLines(match, io.zone), ...deliveries.map((each) => deliveryLine(each, io.zone))];
    io.stdout(matchesAsText([match], io) + details.map((line) => `  ${line}\n`).join(''));
  }
  return EXIT.done;
}

const QUIET_WORDS: Readonly<Record<NonNullable<QuietReason>, string>> = {
  first_poll_old: 'an old item in the first poll of its feed',
  old: 'its date was already old when it first appeared in its feed',
};

function originLines({ why, topic, article, times, quiet }: PublishedMatch, zone: ZoneOffset): readonly string[] {
  const failure = article.extractionFailure === null ? '' : `; ${oneLine(failureInWords(article.extractionFailure))}`;
  const notYet = quiet === null ? 'no alerts yet' : `no alerts: ${QUIET_WORDS[quiet]}`;
  const alerts = times.alertedAt === null ? notYet : `alerts ready ${localSecond(times.alertedAt, zone)}`;
  const polled = `${localSecond(times.polledAt, zone)}, matched ${localSecond(times.matchedAt, zone)}`;
  return [
    `why        ${oneLine(why)} (${topic.id} ${topic.version})`,
    `text from  ${article.origin}${failure}`,
    `polled     ${polled}, ${alerts}`,
  ];
}

function deliveryLine(delivery: PublishedDelivery, zone: ZoneOffset): string {
  const { channel, state, attempts, sentAt, subscriptionId, reason } = delivery;
  const sent = sentAt === null ? '' : ` ${localSecond(sentAt, zone)}`;
  const because = reason === null ? '' : `: ${oneLine(reason)}`;
  return `${channel.padEnd(9)}  ${state}${sent}, attempts ${attempts}, subscription ${subscriptionId}${because}`;
}
