// Webhooks of one's own, as https://www.standardwebhooks.com/ (1.0) has them: signed, with the same id at every try.
import { createHmac, randomBytes } from 'node:crypto';
import { DAY_MS, epochSeconds } from '../core/time.ts';
import type { ChannelMessage } from '../model/alert.ts';
import type { ChannelSecret } from '../model/channels.ts';
import { type ChannelKind, checkAnswer, JSON_HEADERS, readAddress, refused, shownTarget } from './channel-kind.ts';

/** The specification recommends to stay below 20 KB. */
export const MOST_WEBHOOK_BYTES = 20_000;
/** The specification asks for 24 to 64. */
const KEY_BYTES = 32;
/** How long a replaced key is still used for signatures, beside the new one. */
const OLD_KEY_MS = DAY_MS;
const PREFIX = 'whsec_';

export const webhook: ChannelKind = {
  service: 'the webhook',
  options: [],
  readTarget(target, options) {
    const url = readAddress(target, options);
    if (typeof url === 'string') return refused(`target: ${url}`);
    return {
      ok: true,
      secret: { url: url.href },
      identity: url.href,
      shown: shownTarget(url, url.pathname + url.search),
    };
  },
  compose(message, secret, now) {
    const body = eventThatFits(message);
    const timestamp = String(epochSeconds(now));
    const signatures = keysAt(secret, now).map(({ key }) => signatureOf(key, `${message.id}.${timestamp}.${body}`));
    return {
      url: secret.url,
      headers: {
        ...JSON_HEADERS,
        'webhook-id': message.id,
        'webhook-timestamp': timestamp,
        'webhook-signature': signatures.join(' '),
      },
      body,
    };
  },
  readAnswer(answer, now) {
    checkAnswer(answer, now, { service: 'the webhook' });
    return { state: 'delivered', providerId: '' };
  },
};

// ---------------------------------------------------------------- keys

/** With a key; the keys that are there stay. */
export const withSigningKey = (secret: ChannelSecret): ChannelSecret =>
  (secret.signingKeys ?? []).length > 0 ? secret : { ...secret, signingKeys: [{ key: newKey(), until: null }] };

/** With another key in front. The one before signs along for a day, those before that no longer. */
export function withNextKey(secret: ChannelSecret, now: Date): ChannelSecret {
  const until = new Date(now.getTime() + OLD_KEY_MS).toISOString();
  const [current] = secret.signingKeys ?? [];
  return {
    ...secret,
    signingKeys: [{ key: newKey(), until: null }, ...(current === undefined ? [] : [{ ...current, until }])],
  };
}

const newKey = (): string => PREFIX + randomBytes(KEY_BYTES).toString('base64');

const keysAt = ({ signingKeys = [] }: ChannelSecret, now: Date) =>
  signingKeys.filter(({ until }) => until === null || Date.parse(until) > now.getTime());

const signatureOf = (key: string, content: string): string =>
  `v1,${createHmac('sha256', Buffer.from(key.slice(PREFIX.length), 'base64'))
    .update(content)
    .digest('base64')}`;

// ---------------------------------------------------------------- size

type Fields = Readonly<Record<string, unknown>>;

/** Where the events hold matches: all of an alert, one for each story of a digest, or the data itself. */
const LISTS = ['matches', 'stories'] as const;

/** `{type,timestamp,data}`. What does not fit is left out, and `data.leftOut` counts it: further passages first, then whole matches or stories. */
function eventThatFits({ event }: ChannelMessage): string {
  const { type, timestamp } = event;
  const text = (data: unknown): string => JSON.stringify({ type, timestamp, data });
  const fits = (data: Fields): boolean => Buffer.byteLength(text(data)) <= MOST_WEBHOOK_BYTES;
  const data = event['data'] as Fields;
  if (fits(data)) return text(data);
  const shorter = [1, 0].map((most) => withPassages(data, most));
  const [, bare = data] = shorter;
  const name = LISTS.find((each) => Array.isArray(data[each]));
  const items = name === undefined ? [] : (bare[name] as readonly unknown[]);
  const fewer = items.map((_, at) => items.length - 1 - at).map((count) => withItems(bare, name ?? '', count));
  return text([...shorter, ...fewer].find(fits) ?? fewer.at(-1) ?? bare);
}

/** At most so many passages of each match; without any, at most one source as well. */
function withPassages(data: Fields, most: number): Fields {
  let passages = 0;
  const shorten = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(shorten);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => {
        if (!Array.isArray(each) || (name !== 'passages' && name !== 'sources')) return [name, shorten(each)];
        if (name === 'passages') passages += Math.max(0, each.length - most);
        return [name, each.slice(0, name === 'passages' ? most : most === 0 ? 1 : undefined)];
      }),
    );
  };
  const shortened = shorten(data) as Fields;
  return { ...shortened, leftOut: { passages } };
}

function withItems(data: Fields, name: string, count: number): Fields {
  const items = data[name] as readonly unknown[];
  return {
    ...data,
    [name]: items.slice(0, count),
    leftOut: { ...(data['leftOut'] as Fields), [name]: items.length - count },
  };
}
