import {
  decideStory,
  digestFor,
  newsOf,
  rulesFor,
  UPDATE_EVERY_MS,
  wantedOf,
  whyUnwanted,
} from '../../../shared/alerts/policy.ts';
import type { Hit } from '../../../shared/model/hit.ts';
import type { DeliveryId } from '../../../shared/model/ids.ts';
import type { Match } from '../../../shared/model/match.ts';
import type { StoryReader } from '../../../shared/model/story.ts';
import type { Subscription } from '../../../shared/model/subscription.ts';
import { aDelivery, aHit, aMatch, anArticle, aSubscription, later, START } from '../../support/builders.ts';

const NOW = new Date(START);
const whole = (change: Partial<Subscription>, match: Match = aMatch(), now = NOW) =>
  whyUnwanted(aSubscription(change), match, 'story-1', now);
const why = (...given: Parameters<typeof whole>) => whole(...given)?.reason ?? null;
const codeOf = (...given: Parameters<typeof whole>) => whole(...given)?.reasonCode ?? null;

const aMatchOf = (topicId: string, severity: Match['topic']['severity'] = 'medium'): Match => {
  const match = aMatch({ topicId });
  return { ...match, topic: { ...match.topic, severity, title: topicId } };
};
const from = (...hosts: readonly string[]): Match =>
  aMatch({}, { sources: hosts.map((host) => ({ ...anArticle().source, host, title: `Title of ${host}` })) });

describe('a match is wanted', () => {
  it('by a newcomer who has set nothing', () => {
    expect(why({})).toBeNull();
    expect(why({ topics: ['*'] })).toBeNull();
  });

  it.each([
    ['critical', 'high', true],
    ['high', 'high', true],
    ['medium', 'high', false],
    ['low', 'medium', false],
    ['low', 'low', true],
  ] as const)('of severity %s, when at least %s is asked for: %s', (severity, minSeverity, isWanted) => {
    expect(why({ minSeverity }, aMatchOf('river-crossings', severity))).toBe(
      isWanted ? null : `less severe than ${minSeverity}`,
    );
  });

  it.each([
    ['weak', 'weak', true],
    ['weak', 'fair', false],
    ['weak', 'strong', false],
    ['fair', 'weak', true],
    ['fair', 'fair', true],
    ['fair', 'strong', false],
    ['strong', 'fair', true],
    ['strong', 'strong', true],
  ] as const)('that is %s, when at least %s is asked for: %s', (strength, asked, isWanted) => {
    expect(why({ strength: asked }, aMatch({}, { strength })) === null).toBe(isWanted);
  });

  it('by a newcomer unless it is weak, which is said', () => {
    expect(why({}, aMatch({}, { strength: 'fair' }))).toBeNull();
    expect(why({}, aMatch({}, { strength: 'weak' }))).toBe('weak, and only fair and strong matches are wanted');
    expect(why({ strength: 'strong' }, aMatch({}, { strength: 'fair' }))).toBe(
      'fair, and only strong matches are wanted',
    );
  });

  it('in the languages asked for, whatever their case', () => {
    expect(why({ languages: ['de', 'EN'] })).toBeNull();
    expect(why({ languages: ['de'] })).toBe('not in de');
  });

  it.each([
    ['und', 'de', true],
    ['', 'de', true],
    ['sh', 'hr', true],
    ['sh', 'bs', true],
    ['sh', 'SR', true],
    ['sh', 'sl', false],
    ['hr', 'sr', false],
  ])('in the language "%s", which may be the "%s" that is asked for: %s', (language, asked, isWanted) => {
    const match = aMatch();

    expect(why({ languages: [asked] }, { ...match, article: { ...match.article, language } })).toBe(
      isWanted ? null : `not in ${asked}`,
    );
  });

  it('from one of the sources asked for, by host or by a part of the title', () => {
    expect(why({ onlySources: ['a.example.org'] }, from('a.example.org', 'b.example.org'))).toBeNull();
    expect(why({ onlySources: ['title of a'] }, from('a.example.org'))).toBeNull();
    expect(why({ onlySources: ['a.example.org'] }, from('b.example.org'))).toBe('from none of the sources wanted');
  });

  it('unless all of its sources are excepted', () => {
    expect(why({ exceptSources: ['a.example.org'] }, from('a.example.org'))).toBe('from a source not wanted');
    expect(why({ exceptSources: ['a.example.org'] }, from('a.example.org', 'b.example.org'))).toBeNull();
  });

  it.each([
    ['topic', 'river-crossings'],
    ['story', 'story-1'],
    ['source', 'news.example.org'],
  ] as const)('again from the instant at which the mute of its %s ends', (kind, value) => {
    const mutes = [{ kind, value, until: later(1_000) }];

    expect(why({ mutes }, aMatch(), new Date(later(999)))).toBe(`the ${kind} is muted until ${later(1_000)}`);
    expect(why({ mutes }, aMatch(), new Date(later(1_000)))).toBeNull();
    expect(why({ mutes: [{ kind, value: 'another', until: later(1_000) }] })).toBeNull();
  });

  it('when only some of its sources are muted, or it names none', () => {
    const mutes = [{ kind: 'source' as const, value: 'a.example.org', until: later(1_000) }];

    expect(why({ mutes }, from('a.example.org', 'b.example.org'))).toBeNull();
    expect(why({ mutes }, from())).toBeNull();
  });

  it.each([
    [{ state: 'unsubscribed' }, 'unsubscribed'],
    [{ state: 'suppressed' }, 'mail to the address bounced or was complained about'],
    [{ state: 'unconfirmed' }, 'not confirmed yet'],
    [{ state: 'disabled' }, 'the service said that the address is gone'],
    [{ topics: ['another'] }, 'unsubscribed from this topic'],
  ] as const)('no longer after %j', (change, reason) => {
    expect(why(change)).toBe(reason);
  });

  it('by rules of its topic where there are some, and by the rules of all for the rest', () => {
    const subscription = aSubscription({
      minSeverity: 'high',
      languages: ['en'],
      topicRules: [{ topic: 'quiet-topic', minSeverity: 'low', strength: 'weak', follow: 'all' }],
    });

    expect(rulesFor(subscription, 'quiet-topic')).toMatchObject({
      minSeverity: 'low',
      strength: 'weak',
      languages: ['en'],
      follow: 'all',
      digest: 'none',
    });
    expect(rulesFor(subscription, 'another')).toMatchObject({
      minSeverity: 'high',
      strength: 'fair',
      follow: 'significant',
    });
  });

  it('by a rule of its topic that was stored as unknown as if there were none', () => {
    const subscription = aSubscription({ minSeverity: 'high', topicRules: [{ topic: 'a', languages: undefined }] });

    expect(rulesFor(subscription, 'a')).toMatchObject({ minSeverity: 'high', languages: [] });
  });
});

describe('of the matches of a hit', () => {
  it('those that are wanted are named, the gravest first', () => {
    const matches = [aMatchOf('a', 'low'), aMatchOf('c', 'high'), aMatchOf('b', 'high'), aMatchOf('d', 'critical')];
    const { matches: wanted } = wantedOf(aSubscription({ topics: ['a', 'b', 'c'] }), matches, null, NOW);

    expect(wanted.map(({ topic }) => topic.id)).toEqual(['b', 'c', 'a']);
  });

  it('those that are too weak are left out where another one is wanted', () => {
    const matches = [aMatchOf('a'), { ...aMatchOf('b', 'critical'), strength: 'weak' as const }];

    expect(wantedOf(aSubscription({ topics: ['*'] }), matches, null, NOW).matches).toEqual([matches[0]]);
    expect(wantedOf(aSubscription({ topics: ['*'], strength: 'weak' }), matches, null, NOW).matches).toHaveLength(2);
  });

  it('each reason is named once when none is wanted', () => {
    const matches = [aMatchOf('a', 'low'), aMatchOf('b', 'low')];

    expect(wantedOf(aSubscription({ topics: ['*'], minSeverity: 'high' }), matches, null, NOW).why).toEqual({
      reason: 'less severe than high',
      reasonCode: 'severity',
    });
  });

  it('topics that are not followed explain nothing where one that is was left out', () => {
    const matches = [aMatchOf('a'), aMatchOf('b', 'low')];
    const whyNone = (subscription: Subscription) => wantedOf(subscription, matches, null, NOW).why;

    expect(whyNone(aSubscription({ topics: ['b'], minSeverity: 'high' }))).toMatchObject({ reasonCode: 'severity' });
    expect(whyNone(aSubscription({ topics: ['c'] }))).toMatchObject({ reasonCode: 'topic' });
  });

  it('each reason has a code of its own', () => {
    const match = aMatch();
    const until = later(60_000);

    expect(codeOf({ state: 'unconfirmed' })).toBe('unconfirmed');
    expect(codeOf({ state: 'unsubscribed' })).toBe('unsubscribed');
    expect(codeOf({ state: 'suppressed' })).toBe('suppressed');
    expect(whole({ state: 'disabled', stateReason: 'answered 410' })).toEqual({
      reason: 'answered 410',
      reasonCode: 'disabled',
    });
    expect(codeOf({ topics: ['another'] })).toBe('topic');
    expect(codeOf({ mutes: [{ kind: 'topic', value: match.topic.id, until }] })).toBe('muted');
    expect(codeOf({ minSeverity: 'critical' })).toBe('severity');
    expect(codeOf({}, aMatch({}, { strength: 'weak' }))).toBe('strength');
    expect(codeOf({ languages: ['de'] })).toBe('language');
    expect(codeOf({ onlySources: ['elsewhere.example.org'] })).toBe('source');
    expect(codeOf({ exceptSources: [match.sources[0]!.host] })).toBe('source');
  });

  it('one that is alerted singly takes the others with it, else the next digest does', () => {
    const subscription = aSubscription({
      digest: 'weekly',
      topicRules: [
        { topic: 'single', digest: 'none' },
        { topic: 'daily', digest: 'daily' },
      ],
    });

    expect(digestFor(subscription, [aMatchOf('other'), aMatchOf('single')])).toBe('none');
    expect(digestFor(subscription, [aMatchOf('other'), aMatchOf('daily')])).toBe('daily');
    expect(digestFor(subscription, [aMatchOf('other')])).toBe('weekly');
  });
});

describe('of a story', () => {
  const id = aDelivery().id;
  const aReader = (change: Partial<StoryReader> = {}): StoryReader => ({
    storyId: 'story-1',
    subscriptionId: aSubscription().id,
    topics: ['river-crossings'],
    severity: 'medium',
    threadId: 'first@example.org',
    alertedAt: START,
    alertedBy: 'first',
    providerId: 'mail-1',
    spokeFor: [],
    held: [],
    sending: null,
    sendingUntil: null,
    expiresAt: 0,
    ...change,
  });
  const place = (change: Partial<Hit['story']>): Hit => aHit({ story: { ...aHit().story, ...change } });
  const decide = (
    hit: Hit,
    {
      reader = aReader(),
      subscription = aSubscription(),
      matches = [aMatch()],
      after = UPDATE_EVERY_MS,
      createdAt = later(after),
    }: {
      reader?: StoryReader;
      subscription?: Subscription;
      matches?: readonly Match[];
      /** Since the alert before. */
      after?: number;
      createdAt?: string;
    } = {},
  ) => decideStory({ hit, matches, subscription, reader, delivery: { id, createdAt }, now: new Date(later(after)) });
  const kindOf = (...args: Parameters<typeof decide>) => decide(...args).kind;

  it.each(['first', 'new', 'same', 'copy'] as const)(
    'a report of kind %s is the first alert for a reader who was not alerted to the story',
    (kind) => {
      expect(kindOf(place({ kind }), { reader: aReader({ alertedAt: null, topics: [], severity: null }) })).toBe(
        'alert',
      );
    },
  );

  it.each([
    ['new', 2, 'update'],
    ['same', 2, 'merge'],
    ['same', 3, 'update'],
    ['same', 4, 'merge'],
    ['copy', 3, 'merge'],
    ['first', 1, 'merge'],
  ] as const)('a later report of kind %s that makes %i independent texts: %s', (kind, texts, decision) => {
    expect(kindOf(place({ kind, texts }))).toBe(decision);
  });

  it('what is left out has its reason', () => {
    expect(decide(place({ kind: 'copy' }))).toMatchObject({ why: { reasonCode: 'copy' } });
    expect(decide(place({ kind: 'same', texts: 2 }))).toMatchObject({ why: { reasonCode: 'same_story' } });
    expect(decide(place({ kind: 'new' }), { subscription: aSubscription({ follow: 'first' }) })).toMatchObject({
      why: { reasonCode: 'first_only' },
    });
    expect(decide(place({ kind: 'new' }), { after: 1 })).toMatchObject({ why: { reasonCode: 'update_gap' } });
    expect(decide(place({ kind: 'new' }), { reader: aReader({ spokeFor: [id] }) })).toMatchObject({
      why: { reasonCode: 'spoken_for' },
    });
  });

  it('updates come four hours apart, and one that is too early waits until then', () => {
    const early = decide(place({ kind: 'new' }), { after: UPDATE_EVERY_MS - 1 });

    expect(early).toMatchObject({ kind: 'hold', until: new Date(later(UPDATE_EVERY_MS)) });
    expect(kindOf(place({ kind: 'new' }), { after: UPDATE_EVERY_MS })).toBe('update');
  });

  it('a graver topic waits for nothing', () => {
    const graver = { matches: [aMatchOf('river-crossings', 'high')], after: 1 };

    expect(kindOf(place({ kind: 'same' }), graver)).toBe('update');
    expect(kindOf(place({ kind: 'same' }), { ...graver, reader: aReader({ severity: 'high' }) })).toBe('merge');
  });

  it('a topic of which this reader was not alerted waits for nothing, whoever else was', () => {
    const another = { matches: [aMatch(), aMatchOf('treaties')], after: 1 };

    expect(kindOf(place({ kind: 'copy' }), another)).toBe('update');
    expect(kindOf(place({ kind: 'copy' }), { ...another, subscription: aSubscription({ follow: 'first' }) })).toBe(
      'update',
    );
    expect(
      kindOf(place({ kind: 'copy' }), { ...another, reader: aReader({ topics: ['river-crossings', 'treaties'] }) }),
    ).toBe('merge');
  });

  it('only the first report is alerted for a reader who wants no others', () => {
    const subscription = aSubscription({ follow: 'first' });

    expect(kindOf(place({ kind: 'new' }), { subscription })).toBe('merge');
    expect(kindOf(place({ kind: 'new' }), { subscription, matches: [aMatchOf('river-crossings', 'critical')] })).toBe(
      'merge',
    );
  });

  it('every report is alerted at once for a reader who wants all', () => {
    expect(kindOf(place({ kind: 'copy' }), { subscription: aSubscription({ follow: 'all' }), after: 1 })).toBe(
      'update',
    );
  });

  it('the topic that is followed most decides for the report', () => {
    const subscription = aSubscription({ follow: 'first', topicRules: [{ topic: 'treaties', follow: 'all' }] });
    const reader = aReader({ topics: ['river-crossings', 'treaties'] });
    const matches = [aMatch(), aMatchOf('treaties')];

    expect(kindOf(place({ kind: 'copy' }), { subscription, reader, matches, after: 1 })).toBe('update');
  });

  it('what an update spoke for is not sent again', () => {
    expect(kindOf(place({ kind: 'new' }), { reader: aReader({ spokeFor: [id] }) })).toBe('merge');
  });

  it('a report that waited four hours waits no longer because of digests that reported the story meanwhile', () => {
    const byDigest = `${aReader().subscriptionId}.1794902400.hourly`;
    const reader = aReader({ alertedAt: later(3 * 3_600_000), alertedBy: byDigest, held: [id] });
    const waited = { reader, createdAt: later(3_600_000) };

    expect(decide(place({ kind: 'new' }), { ...waited, after: UPDATE_EVERY_MS })).toMatchObject({
      kind: 'hold',
      until: new Date(later(5 * 3_600_000)),
    });
    expect(kindOf(place({ kind: 'new' }), { ...waited, after: 5 * 3_600_000 })).toBe('update');
    const bySingle = { ...waited, reader: aReader({ alertedAt: later(3 * 3_600_000), held: [id] }) };
    expect(decide(place({ kind: 'new' }), { ...bySingle, after: 5 * 3_600_000 })).toMatchObject({
      kind: 'hold',
      until: new Date(later(7 * 3_600_000)),
    });
  });

  it('an alert dated by a clock that ran ahead makes nothing wait longer', () => {
    const reader = aReader({ alertedAt: later(90 * 24 * 3_600_000) });

    expect(decide(place({ kind: 'new' }), { reader, after: 0 })).toMatchObject({
      until: new Date(later(UPDATE_EVERY_MS)),
    });
    // Nor, held until then, once more.
    const held = { reader: { ...reader, held: [id] }, createdAt: START };
    expect(kindOf(place({ kind: 'new' }), { ...held, after: UPDATE_EVERY_MS - 1 })).toBe('hold');
    expect(kindOf(place({ kind: 'new' }), { ...held, after: UPDATE_EVERY_MS })).toBe('update');
  });

  it('an update says what is new: the words that are, or that it is a third report', () => {
    expect(newsOf(place({ kind: 'new', news: ['14', 'Odesa'] }))).toEqual(['14', 'Odesa']);
    expect(newsOf(place({ kind: 'same', texts: 3 }))).toEqual(['a third independent report']);
  });

  it('ids of other deliveries change nothing', () => {
    expect(kindOf(place({ kind: 'new' }), { reader: aReader({ spokeFor: ['other' as DeliveryId] }) })).toBe('update');
  });
});
