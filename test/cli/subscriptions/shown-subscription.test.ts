import type { ApiClient } from '../../../cli/api/client.ts';
import {
  clockFor,
  isAddress,
  subscriptionIdFor,
  subscriptionPath,
  topicsInWords,
  withDefaults,
} from '../../../cli/subscriptions/known-subscriptions.ts';
import { subscriptionAsText } from '../../../cli/subscriptions/shown-subscription.ts';
import { type PublishedSubscription, publishedSubscription } from '../../../shared/model/subscription.ts';
import { aSubscription, later, START } from '../../support/builders.ts';
import { zoneOf } from '../../support/time-zone.ts';

const UTC = zoneOf('UTC');
const shown = (change: Partial<PublishedSubscription> = {}): PublishedSubscription => ({
  ...publishedSubscription(aSubscription()),
  ...change,
});
const MUTE = { kind: 'topic', value: 'a', until: later(60_000) } as const;

/** An instance with these subscriptions, at `START`; `asked` are the paths. */
function anApi(...subscriptions: readonly PublishedSubscription[]): ApiClient & { readonly asked: string[] } {
  const asked: string[] = [];
  const answers: Readonly<Record<string, unknown>> = {
    '/v1/status': { time: START },
    '/v1/subscriptions': { items: subscriptions, cursor: null },
  };
  return {
    asked,
    close: async () => {},
    call: async <T>(_method: string, path: string, { query } = {} as { query?: object }) => {
      asked.push(query === undefined || Object.keys(query).length === 0 ? path : `${path} ${JSON.stringify(query)}`);
      return answers[path] as T;
    },
  };
}

describe('a subscription in words', () => {
  const linesOf = async (change: Partial<PublishedSubscription>): Promise<readonly string[]> =>
    (await subscriptionAsText(anApi(), shown(change), UTC)).split('\n');

  it.each([
    ['active', ''],
    ['unsubscribed', ' It has ended, and nothing is sent.'],
    ['suppressed', ' Nothing is sent: mail to the address bounced or was reported as spam.'],
    ['unconfirmed', ' Nothing is sent before it agrees: the mail that asks has a link to a page that confirms.'],
    ['disabled', ' Nothing is sent: the service says that the address is gone.'],
  ] as const)('that is %s says so', async (state, words) => {
    expect((await linesOf({ state }))[0]).toBe(`reader@example.org, by email: river-crossings.${words}`);
  });

  it('has the reason of its state below, and its id at the end', async () => {
    const lines = await linesOf({ state: 'disabled', stateReason: 'Slack answered\n404' });

    expect(lines[1]).toBe('  Slack answered 404');
    expect(lines.slice(-2)).toEqual(['  Subscription subscription-1', '']);
  });

  it.each([
    ['mail', null, ', not confirmed yet.'],
    ['sns', null, ', not confirmed yet.'],
    ['off', null, ', without being asked, because mail.confirm was false.'],
    ['local', null, ', without being asked, because its mails stayed on this machine.'],
    ['mail', '2026-11-30T09:21:00Z', ', confirmed on 2026-11-30 09:21 UTC.'],
  ] as const)(
    'says who asked for it, and what came of the question by %s: %s',
    async (question, confirmedAt, words) => {
      const consent = {
        question,
        confirmedAt,
        requestedAt: '2026-11-29T08:00:00Z',
        requestedBy: 'page',
        wording: null,
      };

      expect((await linesOf({ consent }))[1]).toBe(`  Subscribed on 2026-11-29 08:00 UTC by page${words}`);
    },
  );

  it.each([null, undefined])('says nothing of consent where it is not known: %s', async (consent) => {
    expect((await linesOf({ consent } as never)).join()).not.toContain('Subscribed');
  });

  it('shows the mutes that are in force by the clock of the instance', async () => {
    const mutes = [MUTE, { ...MUTE, value: 'b', until: START }];

    const text = (await linesOf({ mutes })).join('\n');

    expect(text).toContain('No alerts of the topic "a" until ');
    expect(text).not.toContain('"b"');
  });
});

describe('which subscription is meant', () => {
  it('is said by an id, which is not asked for', async () => {
    const api = anApi();

    expect(await subscriptionIdFor(api, 'subscription-1')).toBe('subscription-1');
    expect(api.asked).toEqual([]);
  });

  it('is said by an address with one active subscription', async () => {
    const api = anApi(shown({ id: 'old' as never, state: 'unsubscribed' }), shown());

    expect(await subscriptionIdFor(api, 'reader@example.org')).toBe('subscription-1');
    expect(api.asked).toEqual(['/v1/subscriptions {"target":"reader@example.org"}']);
  });

  it.each([[[]], [[shown({ state: 'unsubscribed' })]]])(
    'is none of an address without any: %#',
    async (subscriptions) => {
      await expect(subscriptionIdFor(anApi(...subscriptions), 'reader@example.org')).rejects.toMatchObject({
        code: 'not_found',
        message: 'reader@example.org has no active subscriptions',
      });
    },
  );

  it('must be said where an address has several: each is named with what it gets', async () => {
    const api = anApi(
      shown({ mutes: [MUTE] }),
      shown({ id: 'two' as never, topics: ['*'], channel: 'sns-email', digest: 'daily' }),
      shown({ id: 'three' as never, topics: ['a', 'b'] }),
    );

    await expect(subscriptionIdFor(api, 'reader@example.org')).rejects.toMatchObject({
      code: 'invalid_arguments',
      message: expect.stringContaining('reader@example.org has 3 subscriptions; name one by its id'),
      problems: [
        'subscription-1  river-crossings by email, 1 mute',
        expect.stringMatching(/^two {2}every topic by sns-email, daily digest/),
        'three  a, b by email',
      ],
    });
    expect(api.asked.at(-1)).toBe('/v1/status');
  });

  it.each([
    ['reader@example.org', true],
    ['hooks.slack.com/…Xy3z', true],
    ['abcdefghijklmnopqrstuvwxyz', false],
  ])('%s is an address: %s', (who, is) => {
    expect(isAddress(who)).toBe(is);
  });

  it('cannot be said by a whole address of the web, which lists do not show', () => {
    expect(() => isAddress('https://hooks.slack.com/services/x')).toThrow(
      'lists do not show whole addresses of webhooks and chats; name the subscription by its id',
    );
  });
});

it('the clock of the instance is asked only where there are mutes', async () => {
  const api = anApi();

  await clockFor(api, [shown()]);
  expect(api.asked).toEqual([]);
  expect(await clockFor(api, [shown(), shown({ mutes: [MUTE] })])).toEqual(new Date(START));
});

it('an older instance that lacks settings has their defaults', () => {
  const { follow, minSeverity, ...older } = shown({ digest: 'weekly' });

  expect(withDefaults(older as PublishedSubscription)).toEqual(shown({ digest: 'weekly', follow, minSeverity }));
});

it('an id is one part of a path, whatever it holds', () => {
  expect(subscriptionPath('a/b?c')).toBe('/v1/subscriptions/a%2Fb%3Fc');
});

it.each([
  [['*'], 'every topic'],
  [['a', '*'], 'every topic'],
  [['a', 'b'], 'a, b'],
])('topics in words: %j', (topics, words) => {
  expect(topicsInWords({ topics })).toBe(words);
});
