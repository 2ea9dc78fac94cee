// `tocsin mute`: a subscriber gets no alerts of a topic, story or source for a while.
import { mutedInWords } from '../../../shared/alerts/subscription-in-words.ts';
import { MUTED_KINDS } from '../../../shared/model/alert-rules.ts';
import type { PublishedSubscription } from '../../../shared/model/subscription.ts';
import type { ApiClient } from '../../api/client.ts';
import { clockOf } from '../../api/clock.ts';
import { INSTANCE_OPTIONS, INSTANCE_USAGE, withApi } from '../../api/connect.ts';
import { invalidArguments, oneOf, parseArguments, usageHint } from '../../arguments.ts';
import { type Command, EXIT } from '../../command.ts';
import { localMinute, readDuration, readTime, type ZoneOffset } from '../../local-time.ts';
import { oneLine, printJson } from '../../output.ts';
import { subscriptionIdFor, subscriptionPath } from '../../subscriptions/known-subscriptions.ts';

export const usage = `tocsin mute ID|ADDRESS topic|story|source VALUE --for 12h|2d|1w | --until TIME ${INSTANCE_USAGE}`;

const OPTIONS = { ...INSTANCE_OPTIONS, for: { type: 'string' }, until: { type: 'string' } } as const;

export const run: Command = async (args, io) => {
  const { values, positionals } = parseArguments(args, OPTIONS, usage, { min: 3, max: 3 });
  const [who = '', givenKind = '', value = ''] = positionals;
  const kind = oneOf('what to mute', givenKind, MUTED_KINDS);
  if ((values.for === undefined) === (values.until === undefined))
    throw invalidArguments('a mute needs an end: give either --for or --until', [usageHint(usage)]);
  return withApi(values, io, async (api) => {
    const until = await endOf(values, api, io.zone);
    const path = `${subscriptionPath(await subscriptionIdFor(api, who))}/mutes`;
    const subscription = await api.call<PublishedSubscription>('POST', path, { body: { kind, value, until } });
    if (io.json) printJson(io, subscription);
    else {
      const what = mutedInWords({ kind, value });
      io.stdout(`${oneLine(`${subscription.target} gets no alerts ${what} until ${localMinute(until, io.zone)}`)}\n`);
    }
    return EXIT.done;
  });
};

/** RFC 3339. */
async function endOf(
  { for: duration, until = '' }: { readonly for?: string; readonly until?: string },
  api: ApiClient,
  zone: ZoneOffset,
): Promise<string> {
  const now = await clockOf(api);
  return duration === undefined
    ? readTime('until', until, now, zone)
    : new Date(now.getTime() + readDuration('for', duration)).toISOString();
}
