import type { Mute } from '../../../../shared/model/alert-rules.ts';
import type { SubscriptionId } from '../../../../shared/model/ids.ts';
import type { Subscription } from '../../../../shared/model/subscription.ts';
import { isLanguage } from '../../../../shared/text/language-codes.ts';
import {
  type ChangeRequest,
  changeSubscription,
  mute,
  unmute,
} from '../../../../shared/usecases/managing/change-subscription.ts';
import { aClock, aSubscription, aTopic, later } from '../../../support/builders.ts';
import { createMemoryStores } from '../../../support/memory-store.ts';
import { problemsOf } from '../../../support/problems-of.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A subscription to two of three topics, and how to change it. */
async function aWorld(change: Partial<Subscription> = {}) {
  const clock = aClock();
  const stores = createMemoryStores({ clock });
  await stores.topics.putTopics(['sanctions', 'treaty-ratification', 'troop-deployment'].map((id) => aTopic({ id })));
  const known = aSubscription({ topics: ['sanctions', 'troop-deployment'], ...change });
  await stores.subscriptions.createSubscription(known);
  const asked: string[] = [];
  const snsSubscriptions = {
    async subscribeEmail(_address: string, topics: readonly string[], current: string | null = null) {
      asked.push(`${current} ${topics.join()}`);
      return { arn: current ?? 'new' };
    },
    async unsubscribe() {},
  };
  const ports = { ...stores, clock, snsSubscriptions };
  const stored = async () => (await stores.subscriptions.getSubscription(known.id)) as Subscription;
  return {
    asked,
    clock,
    known,
    stored,
    ask: (request: ChangeRequest) => changeSubscription(ports, known.id, request),
    askFor: (id: string) => changeSubscription(ports, id as SubscriptionId, {}),
    silence: async (request: Mute) => mute(ports, await stored(), request),
    wake: async (what: Pick<Mute, 'kind' | 'value'>) => unmute(ports, await stored(), what),
  };
}

describe('a change of a subscription', () => {
  it('touches only what it names, and is stored', async () => {
    const { ask, known, stored } = await aWorld({ follow: 'first', digestAt: '06:30' });

    const changed = await ask({ digest: 'weekly', digestDay: 'friday', timeZone: 'Europe/Berlin' });

    expect(changed).toEqual({
      ...known,
      digest: 'weekly',
      digestDay: 'friday',
      timeZone: 'Europe/Berlin',
      updatedAt: changed.updatedAt,
    });
    expect(await stored()).toEqual(changed);
  });

  it('to null brings the default back', async () => {
    const { ask } = await aWorld({
      minSeverity: 'critical',
      languages: ['en'],
      timeZone: 'UTC',
      quietHours: { from: '22:00', until: '07:00' },
      topicRules: [{ topic: 'sanctions', follow: 'all' }],
    });

    expect(
      await ask({ minSeverity: null, languages: null, timeZone: null, quietHours: null, topicRules: null }),
    ).toMatchObject({ minSeverity: 'low', languages: [], timeZone: null, quietHours: null, topicRules: [] });
  });

  it('that changes nothing writes nothing', async () => {
    const { ask, known } = await aWorld();

    expect(await ask({ digest: 'none', follow: 'significant', addTopics: ['sanctions'] })).toBe(known);
  });

  it('keeps languages as articles have them, each once', async () => {
    const { ask } = await aWorld();

    expect((await ask({ languages: ['EN', 'en-GB', ' pt-BR', 'nb', 'iw', 'und'] })).languages).toEqual([
      'en',
      'pt',
      'no',
      'he',
      'und',
    ]);
  });

  it('keeps names of sources without the spaces around them, each once', async () => {
    const { ask } = await aWorld();

    expect((await ask({ onlySources: ['wire.example', ' wire.example '] })).onlySources).toEqual(['wire.example']);
  });

  it('drops mutes that are over', async () => {
    const { ask } = await aWorld({
      mutes: [
        { kind: 'source', value: 'a.example', until: later(-1) },
        { kind: 'source', value: 'b.example', until: later(1) },
      ],
    });

    expect((await ask({ digest: 'daily' })).mutes.map(({ value }) => value)).toEqual(['b.example']);
  });

  it('keeps one of two that come at once beside the other', async () => {
    const { ask, stored } = await aWorld({ topics: ['sanctions'] });

    await Promise.all([ask({ addTopics: ['troop-deployment'] }), ask({ addTopics: ['treaty-ratification'] })]);

    expect((await stored()).topics).toEqual(['sanctions', 'treaty-ratification', 'troop-deployment']);
  });

  it('of a subscription that does not exist is refused, and of one that has ended', async () => {
    const { ask, askFor, known } = await aWorld({ state: 'unsubscribed' });

    await expect(askFor('none')).rejects.toMatchObject({ code: 'not_found' });
    expect(await problemsOf(ask({ digest: 'daily' }))).toEqual([
      `subscription ${known.id} has ended, so nothing was changed; to begin it again: tocsin subscribe email ${known.target}`,
    ]);
  });

  it.each<[ChangeRequest, readonly string[]]>([
    [{ digestAt: '25:00' }, ['digestAt: "25:00" is not a time of day; expected HH:MM, from 00:00 to 23:59']],
    [
      { timeZone: 'Europe/Berln' },
      [
        'timeZone: "Europe/Berln" is not a time zone; expected a name of the IANA database such as UTC or Europe/Berlin. Did you mean Europe/Berlin?',
      ],
    ],
    [
      { quietHours: { from: '22:00', until: '22:00' } },
      ['quietHours: they begin and end at 22:00; expected two different times, or null for none'],
    ],
    [
      { quietHours: { from: '22', until: '7:00' } },
      [
        'quietHours: "22" is not a time of day; expected HH:MM, from 00:00 to 23:59',
        'quietHours: "7:00" is not a time of day; expected HH:MM, from 00:00 to 23:59',
      ],
    ],
    [
      { languages: ['en', 'german'] },
      ['languages: got "german"; expected a language code such as "en" or "pt-BR". Did you mean "de"?'],
    ],
    [{ onlySources: [' '] }, ["onlySources: a source is empty; expected a host, or a part of a feed's title"]],
    [
      { topicRules: [{ topic: 'sanction', languages: ['xx1'] }] },
      [
        'topicRules: "sanction" is not among the topics of this subscription. Did you mean sanctions?',
        'topicRules, "sanction", languages: got "xx1"; expected a language code such as "en" or "pt-BR"',
      ],
    ],
    [{ addTopics: ['sanction'] }, ['addTopics: "sanction" is not a topic. Did you mean sanctions?']],
    [
      { dropTopics: ['sanctoins'] },
      ['dropTopics: "sanctoins" is not among the topics of this subscription. Did you mean sanctions?'],
    ],
    [
      { dropTopics: ['sanctions', 'troop-deployment'] },
      [`dropTopics: no topic would be left; to end the subscription: tocsin unsubscribe ${aSubscription().id}`],
    ],
    [
      { topics: ['sanctions'], addTopics: ['troop-deployment'] },
      ['topics: it is the whole list, so addTopics and dropTopics cannot go with it; expected one or the other'],
    ],
  ])('to %j is refused with what would do, and nothing is changed', async (change, problems) => {
    const { ask, known, stored } = await aWorld();

    expect(await problemsOf(ask(change))).toEqual(problems);
    expect(await stored()).toBe(known);
  });

  it('cannot make its record too large', async () => {
    const { ask } = await aWorld();
    const sources = Array.from({ length: 150 }, (_, at) => `${at}.example`);
    const letters = [...'abcdefghijklmnopqrstuvwxyz'];
    const languages = letters.flatMap((one) => letters.map((other) => one + other)).filter(isLanguage);
    const topicRules = ['sanctions', 'troop-deployment'].map((topic) => ({ topic, exceptSources: sources }));

    expect(await problemsOf(ask({ onlySources: sources, topicRules }))).toEqual([
      'onlySources: a subscription can name at most 200 sources, and this one would name 450',
    ]);
    expect(await problemsOf(ask({ languages, topicRules: [{ topic: 'sanctions', languages }] }))).toEqual([
      expect.stringContaining('languages: a subscription can name at most 200 languages, and this one would name 3'),
    ]);
    expect((await ask({ onlySources: sources, exceptSources: sources.slice(0, 50), languages })).onlySources).toEqual(
      sources,
    );
  });

  it('may name 200 languages, and a source of 200 characters', async () => {
    const { ask } = await aWorld();
    const letters = [...'abcdefghijklmnopqrstuvwxyz'];
    const codes = letters.flatMap((one) => letters.map((other) => one + other)).filter(isLanguage);
    const { languages } = await ask({ languages: codes });
    const together = (count: number) => [
      { topic: 'sanctions', languages: languages.slice(0, count - languages.length) },
    ];

    await ask({ topicRules: together(200) });
    expect(await problemsOf(ask({ topicRules: together(201) }))).toHaveLength(1);
    expect((await ask({ exceptSources: ['a'.repeat(200)] })).exceptSources).toEqual(['a'.repeat(200)]);
  });

  it('reports every problem at once', async () => {
    const { ask } = await aWorld();

    expect(await problemsOf(ask({ digestAt: 'noon', timeZone: 'CEST+x', addTopics: ['nothing'] }))).toHaveLength(3);
  });
});

describe('the topics of a subscription', () => {
  it('are added, dropped and replaced', async () => {
    const { ask } = await aWorld();

    expect((await ask({ addTopics: ['treaty-ratification'], dropTopics: ['sanctions'] })).topics).toEqual([
      'treaty-ratification',
      'troop-deployment',
    ]);
    expect((await ask({ topics: ['sanctions'] })).topics).toEqual(['sanctions']);
    expect((await ask({ addTopics: ['*'] })).topics).toEqual(['*']);
  });

  it('that have ended may stay', async () => {
    const { ask } = await aWorld({ topics: ['ended-topic', 'sanctions'] });

    expect((await ask({ topics: ['ended-topic', 'troop-deployment'] })).topics).toEqual([
      'ended-topic',
      'troop-deployment',
    ]);
  });

  it('cannot be dropped one by one where there is every topic', async () => {
    const { ask } = await aWorld({ topics: ['*'] });

    expect(await problemsOf(ask({ dropTopics: ['sanctions'] }))).toEqual([
      'dropTopics: this subscription is for every topic, so none can be dropped; mute the topic, or name the topics that are wanted',
    ]);
    expect((await ask({ topics: ['sanctions'] })).topics).toEqual(['sanctions']);
  });

  it('are passed on to SNS where it sends the mails', async () => {
    const { ask, asked } = await aWorld({ channel: 'sns-email', snsSubscriptionArn: 'arn:1' });

    await ask({ dropTopics: ['sanctions'] });

    expect(asked).toEqual(['arn:1 troop-deployment']);
    expect(await problemsOf(ask({ quietHours: { from: '22:00', until: '07:00' } }))).toEqual([
      'quietHours: SNS sends these mails, and can choose by topic only; use the channel email',
    ]);
  });
});

describe('what differs for a topic', () => {
  it('is added to, and undone field by field', async () => {
    const { ask } = await aWorld({ topicRules: [{ topic: 'troop-deployment', follow: 'all' }] });

    await ask({ topicRules: [{ topic: 'sanctions', minSeverity: 'high', languages: [' en ', 'en'] }] });
    const { topicRules } = await ask({
      topicRules: [
        { topic: 'sanctions', minSeverity: null, digest: 'daily' },
        { topic: 'troop-deployment', follow: null },
      ],
    });

    expect(topicRules).toEqual([{ topic: 'sanctions', languages: ['en'], digest: 'daily' }]);
  });

  it('ends with the topic', async () => {
    const { ask } = await aWorld({ topicRules: [{ topic: 'sanctions', follow: 'all' }] });

    expect((await ask({ dropTopics: ['sanctions'] })).topicRules).toEqual([]);
  });

  it('may be set for any topic there is where every topic is subscribed to', async () => {
    const { ask } = await aWorld({ topics: ['*'] });

    expect((await ask({ topicRules: [{ topic: 'sanctions', follow: 'first' }] })).topicRules).toHaveLength(1);
    expect(await problemsOf(ask({ topicRules: [{ topic: 'sanction' }, { topic: '*' }] }))).toEqual([
      'topicRules: "sanction" is not a topic. Did you mean sanctions?',
      'topicRules: "*" is not a single topic; change the settings of the subscription itself',
    ]);
  });
});

describe('a mute', () => {
  const forHours = (hours: number) => later(hours * HOUR_MS);

  it('lasts until its end, and muting again sets another', async () => {
    const { silence } = await aWorld();

    await silence({ kind: 'topic', value: 'sanctions', until: forHours(2) });
    await silence({ kind: 'source', value: ' Wire.example ', until: forHours(3) });
    const { mutes } = await silence({ kind: 'source', value: 'wire.example', until: forHours(1) });

    expect(mutes).toEqual([
      { kind: 'topic', value: 'sanctions', until: forHours(2) },
      { kind: 'source', value: 'wire.example', until: forHours(1) },
    ]);
  });

  it('takes those that are over out of the record', async () => {
    const { silence, wake, clock } = await aWorld();
    await silence({ kind: 'story', value: 'story-1', until: forHours(1) });
    clock.advance(2 * HOUR_MS);

    expect((await silence({ kind: 'story', value: 'story-2', until: forHours(3) })).mutes).toHaveLength(1);
    await silence({ kind: 'story', value: 'story-3', until: forHours(5) });
    clock.advance(2 * HOUR_MS);
    expect((await wake({ kind: 'story', value: 'story-3' })).mutes).toEqual([]);
  });

  it('may last 366 days, be for a name of 200 characters, and must end later than now', async () => {
    const { silence } = await aWorld();
    const longest = { kind: 'source', value: 'a'.repeat(200), until: later(366 * DAY_MS) } as const;

    expect((await silence(longest)).mutes).toEqual([longest]);
    expect(await problemsOf(silence({ ...longest, until: later(366 * DAY_MS + 1) }))).toHaveLength(1);
    expect(await problemsOf(silence({ ...longest, until: forHours(0) }))).toHaveLength(1);
    expect((await silence({ ...longest, until: later(1) })).mutes).toHaveLength(1);
  });

  it('is of one kind: a source with the name of a topic is another', async () => {
    const { silence, wake } = await aWorld();
    await silence({ kind: 'topic', value: 'sanctions', until: forHours(1) });

    expect((await silence({ kind: 'source', value: 'sanctions', until: forHours(1) })).mutes).toHaveLength(2);
    expect((await wake({ kind: 'source', value: ' Sanctions ' })).mutes.map(({ kind }) => kind)).toEqual(['topic']);
  });

  it('is refused once the subscription has ended', async () => {
    const { silence, known } = await aWorld({ state: 'unsubscribed' });

    expect(await problemsOf(silence({ kind: 'topic', value: 'sanctions', until: forHours(1) }))).toEqual([
      expect.stringContaining(`subscription ${known.id} has ended`),
    ]);
  });

  it('ends early, and what is not muted stays as it is', async () => {
    const { silence, wake, stored } = await aWorld();
    await silence({ kind: 'topic', value: 'sanctions', until: forHours(2) });
    await silence({ kind: 'story', value: 'story-1', until: forHours(2) });

    expect((await wake({ kind: 'topic', value: 'sanctions' })).mutes.map(({ kind }) => kind)).toEqual(['story']);
    expect(await wake({ kind: 'topic', value: 'sanctions' })).toEqual(await stored());
  });

  it.each<[Mute, string]>([
    [
      { kind: 'topic', value: 'sanction', until: forHours(1) },
      'value: "sanction" is not among the topics of this subscription. Did you mean sanctions?',
    ],
    [{ kind: 'source', value: ' ', until: forHours(1) }, 'value: it is empty; expected the source to mute'],
    [
      { kind: 'source', value: 'a.example', until: forHours(-1) },
      `until: ${forHours(-1)} is over; expected a later time than now, ${forHours(0)}`,
    ],
    [
      { kind: 'story', value: 'story-1', until: later(367 * DAY_MS) },
      `until: ${later(367 * DAY_MS)} is too far away; expected ${later(366 * DAY_MS)} at the latest. To stop alerts of a topic for good, drop the topic`,
    ],
    [
      { kind: 'story', value: 'story-1', until: 'soon' },
      'until: "soon" is not an instant; expected one such as 2026-11-30T08:00:00Z',
    ],
    [
      { kind: 'source', value: 'a'.repeat(201), until: forHours(1) },
      'value: it has 201 characters; expected at most 200',
    ],
  ])('%j is refused with what would do', async (request, problem) => {
    const { silence, known, stored } = await aWorld();

    expect(await problemsOf(silence(request))).toEqual([problem]);
    expect(await stored()).toBe(known);
  });

  it('is the hundredth at most, and none where SNS sends', async () => {
    const full = await aWorld({
      mutes: Array.from({ length: 100 }, (_, at) => ({ kind: 'story', value: `story-${at}`, until: forHours(1) })),
    });
    const bySns = await aWorld({ channel: 'sns-email' });

    expect(await problemsOf(full.silence({ kind: 'story', value: 'story-x', until: forHours(1) }))).toEqual([
      'value: 100 mutes are in force, and more are not possible; end one first, or use narrower topics',
    ]);
    expect((await full.silence({ kind: 'story', value: 'story-7', until: forHours(2) })).mutes).toHaveLength(100);
    expect(await problemsOf(bySns.silence({ kind: 'topic', value: 'sanctions', until: forHours(1) }))).toEqual([
      'kind: SNS sends these mails, so nothing can be muted; use the channel email',
    ]);
  });
});
