// The pages behind the links in mails: what they show, and what they change.
import type { ArticleId, SubscriptionId } from '../../../shared/model/ids.ts';
import { unsubscribeById } from '../../../shared/usecases/managing/unsubscribe.ts';
import { aDigest, aMatch, aSubscription, aTopic, later, START } from '../../support/builders.ts';
import { aLinkWorld, deliverHit, LINK_TOKEN, placeHit } from '../../support/link-world.ts';

const DAY = 86_400_000;

describe('a link', () => {
  it.each([
    ['GET', `/u/${'b'.repeat(43)}`, 'This subscription does not exist'],
    ['POST', `/u/${'b'.repeat(43)}`, 'This subscription does not exist'],
    ['GET', `/u/${'b'.repeat(43)}/hit/x`, 'This subscription does not exist'],
    ['GET', `/u/${'b'.repeat(20)}`, 'This subscription does not exist'],
    ['GET', `/u/${'-_'.repeat(50)}`, 'This subscription does not exist'],
    ['GET', `/u/${'a'.repeat(19)}`, 'This link is incomplete.'],
    ['GET', `/u/${'a'.repeat(101)}`, 'This link is incomplete.'],
    ['GET', `/u/${'a'.repeat(20)}.`, 'This link is incomplete.'],
    ['GET', `/x/u/${LINK_TOKEN}`, 'This link is incomplete.'],
    ['POST', `/u/${LINK_TOKEN}/x`, 'This link is incomplete.'],
    ['GET', `/u/${LINK_TOKEN}/`, 'This link is incomplete.'],
    ['GET', `/u/${LINK_TOKEN}/hit`, 'This link is incomplete.'],
    ['GET', `/u/${LINK_TOKEN}/hit/`, 'This link is incomplete.'],
    ['GET', `/u/${LINK_TOKEN}/hit/%E0%A4`, 'This link is incomplete.'],
    ['GET', `/u/${LINK_TOKEN}/hit/${'x'.repeat(201)}`, 'This link is incomplete.'],
    ['GET', `/u/${LINK_TOKEN}/constructor/x`, 'This link is incomplete.'],
    ['GET', `/u/${LINK_TOKEN}/mute/a/b`, 'This link is incomplete.'],
    ['GET', '/', 'This link is incomplete.'],
  ])('%s %s is not found', async (method, path, words) => {
    const { links, now } = await aLinkWorld();

    const response = await links(new Request(`https://x.example${path}`, { method }));

    expect([response.status, (await now()).state]).toEqual([404, 'active']);
    expect(await response.text()).toContain(words);
  });

  it('that does not exist costs one read', async () => {
    const reads: string[] = [];
    const refused = () => Promise.reject(new Error('not needed'));
    const subscriptions = {
      getByToken: async (token: string) => {
        reads.push(token);
        return null;
      },
      getSubscription: refused,
      updateSubscription: refused,
    };
    const { ask } = await aLinkWorld({}, { subscriptions });

    const { status } = await ask('GET', '/hit/x');

    expect([status, reads]).toEqual([404, [LINK_TOKEN]]);
  });

  it.each(['', '/hit/x', '/not-relevant/x', '/mute/treaties'])(
    'may be opened by any method that reads: %s',
    async (path) => {
      const { ask } = await aLinkWorld();

      const [shown, head, put] = [await ask('GET', path), await ask('HEAD', path), await ask('PUT', path)];

      expect([head.status, head.html]).toEqual([shown.status, '']);
      expect(head.headers.get('content-length')).toBe(shown.headers.get('content-length'));
      expect([put.status, put.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST']);
    },
  );

  it('shows a page that runs no script, is kept nowhere and tells no other site of the link', async () => {
    const { ask, hit } = await aLinkWorld();

    for (const path of ['', `/hit/${hit.article}`, `/not-relevant/${hit.article}`, '/mute/treaties']) {
      const { status, headers, html } = await ask('GET', path);

      expect(status).toBe(200);
      expect(Object.fromEntries(headers)).toEqual({
        'content-type': 'text/html; charset=utf-8',
        'content-length': String(Buffer.byteLength(html)),
        'cache-control': 'no-store',
        'content-security-policy':
          "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'x-robots-tag': 'noindex',
      });
      expect(html).not.toMatch(/<script|<img|\bon\w+=/i);
    }
  });

  it('that is only opened changes nothing', async () => {
    const { ask, stores, hit } = await aLinkWorld({ mutes: [{ kind: 'topic', value: 'treaties', until: later(DAY) }] });
    const before = stores.snapshot();

    for (const path of ['', `/hit/${hit.article}`, `/not-relevant/${hit.article}`, '/mute/treaties?article=x'])
      for (const method of ['GET', 'HEAD']) await ask(method, path);

    expect(stores.snapshot()).toEqual(before);
  });

  it('takes a form of a few fields, and nothing larger', async () => {
    const { ask, now } = await aLinkWorld();

    const { status, words } = await ask('POST', '', { action: 'stop', more: 'x'.repeat(9_000) });

    expect([status, (await now()).state]).toEqual([413, 'active']);
    expect(words).toContain('Nothing was changed.');
  });

  it('asks to try again later when the table does not answer, and logs why', async () => {
    const { ask, log } = await aLinkWorld(
      {},
      { subscriptions: { getByToken: () => Promise.reject(new Error('no answer')) } as never },
    );

    const { status, html } = await ask('POST');

    expect(status).toBe(503);
    expect(html).toContain('try again in a few minutes');
    expect(html).not.toContain('no answer');
    expect(log.messages('error')).toEqual(['a public link failed']);
  });
});

describe('the page of a subscription', () => {
  it('names its topics by title, and its address only in part', async () => {
    const { ask } = await aLinkWorld();

    const { html, words } = await ask('GET');

    expect(words).toContain('River crossings Stop this topic');
    expect(words).toContain('Treaties & pacts Stop this topic');
    expect(words).toContain('For re…@example.org');
    expect(html).not.toContain('reader@example.org');
  });

  it.each([
    ['ab@example.org', 'a…@example.org'],
    ['a@example.org', 'a…@example.org'],
    ['no address', 'For …'],
  ])('shows of %j no more than %j', async (target, shown) => {
    const { ask } = await aLinkWorld({ target });

    const { words } = await ask('GET');

    expect(words).toContain(shown);
    expect(words).not.toContain(target);
  });

  it('says in words what the settings mean', async () => {
    const plain = await (await aLinkWorld()).ask('GET');
    const set = await (
      await aLinkWorld({
        mutes: [{ kind: 'source', value: 'muted.example', until: later(DAY) }],
        digest: 'weekly',
        digestDay: 'friday',
        digestAt: '08:30',
        timeZone: 'Europe/Berlin',
        quietHours: { from: '22:00', until: '07:00' },
        minSeverity: 'high',
        languages: ['en', 'de'],
        onlySources: ['news.example.org'],
        exceptSources: ['Ticker', 'Blog'],
        follow: 'first',
        whenEmpty: true,
        topicRules: [{ topic: 'treaties', digest: 'hourly' }],
      })
    ).ask('GET');

    expect(plain.words).toContain(
      'unless it becomes more severe. Each alert is sent at once. No quiet hours. Topics of every severity, in every language, from every source. Topics',
    );
    for (const sentence of [
      'One alert per event: its first report, and no updates.',
      'weekly digest on Friday at 08:30 (Europe/Berlin); sent even when there is nothing to report.',
      'Quiet from 22:00 to 07:00 (Europe/Berlin): alerts wait until then, except those of critical topics.',
      'Only high or critical; only in English, German; only from news.example.org; not from Ticker, Blog.',
      'For “Treaties & pacts”: in the hourly digest.',
    ])
      expect(set.words).toContain(sentence);
  });

  it('of every topic says so, and how to silence one', async () => {
    const { ask } = await aLinkWorld({ topics: ['*'] });

    const { words } = await ask('GET');

    expect(words).toContain(
      'Every topic. To silence one of them for a while, use the “Mute” link in one of its mails.',
    );
    expect(words).not.toContain('Stop this topic');
  });

  it('of an address that bounced says why nothing comes', async () => {
    const { ask } = await aLinkWorld({ state: 'suppressed' });

    expect((await ask('GET')).words).toContain('Mail to this address came back, or was reported as spam');
  });

  it.each([{ action: 'delete' }, { action: 'digest' }, { action: 'digest', digest: 'yearly' }])(
    'does nothing on a form that it does not have: %j',
    async (fields) => {
      const { ask, now, subscription } = await aLinkWorld();

      const { status, words } = await ask('POST', '', fields as Record<string, string>);

      expect(status).toBe(400);
      expect(words).toContain('Nothing was changed.');
      expect(await now()).toEqual(subscription);
    },
  );

  it('of Amazon SNS offers no choice of how often mails come, and takes none', async () => {
    const { ask, now, subscription } = await aLinkWorld({ channel: 'sns-email' });

    const shown = await ask('GET');
    const { status } = await ask('POST', '', { action: 'digest', digest: 'daily' });

    expect(shown.words).toContain('Amazon SNS mails each alert at once; only the topics can be chosen.');
    expect(shown.words).not.toContain('How often');
    expect([status, await now()]).toEqual([400, subscription]);
  });

  it('saves how often mails come', async () => {
    const { ask, now } = await aLinkWorld();

    const first = await ask('POST', '', { action: 'digest', digest: 'daily' });
    await ask('POST', '', { action: 'digest', digest: 'daily' });

    expect(first.words).toContain('Your choice is saved: one mail a day.');
    expect(first.words).toContain('daily digest at 07:00 (UTC)');
    expect(first.html).toContain('value="daily" checked');
    expect(await now()).toMatchObject({ digest: 'daily', topics: ['river-crossings', 'treaties'], state: 'active' });
  });
});

describe('stopping', () => {
  it.each([
    ['the one click of a mail program', { 'List-Unsubscribe': 'One-Click' }],
    ['the button', { action: 'stop' }],
    ['an empty form', {}],
  ])('%s ends everything at once, and again without harm', async (_how, fields) => {
    const { ask, now, clock } = await aLinkWorld();

    const ended = await ask('POST', '', fields as Record<string, string>);
    clock.advance(1000);
    const again = await ask('POST', '', fields as Record<string, string>);

    expect([ended.status, again.status]).toEqual([200, 200]);
    expect(ended.words).toContain('The subscription has ended.');
    expect(await now()).toMatchObject({ state: 'unsubscribed', endedByLinkAt: START, updatedAt: START });
  });

  it('the one click may come as a form of several parts', async () => {
    const { links, now } = await aLinkWorld();
    const body = new FormData();
    body.set('List-Unsubscribe', 'One-Click');

    const { status } = await links(new Request(`https://x.example/u/${LINK_TOKEN}`, { method: 'POST', body }));

    expect([status, (await now()).state]).toEqual([200, 'unsubscribed']);
  });

  it('can be undone for a week: everything is as it was', async () => {
    const { ask, now, clock, subscription } = await aLinkWorld({ digest: 'daily' });
    await ask('POST');
    clock.advance(7 * DAY - 1);

    const ended = await ask('GET');
    const undone = await ask('POST', '', { action: 'undo' });
    await ask('POST', '', { action: 'undo' });

    expect(ended.words).toContain('This subscription has ended.');
    expect(ended.words).toContain('You can undo this until 2026-11-24 08:00 UTC.');
    expect(undone.words).toContain('The subscription continues as before.');
    expect(await now()).toEqual({ ...subscription, endedByLinkAt: null, updatedAt: later(7 * DAY - 1) });
  });

  it('cannot be undone after a week', async () => {
    const { ask, now, clock } = await aLinkWorld();
    await ask('POST');
    clock.advance(7 * DAY);

    const ended = await ask('GET');
    const tried = await ask('POST', '', { action: 'undo' });

    expect(ended.words).toContain('To receive alerts again, ask those who run this service.');
    expect(ended.html).not.toContain('<form');
    expect(tried.words).toContain('has ended');
    expect((await now()).state).toBe('unsubscribed');
  });

  it('by those who run the service cannot be undone by the link, also after its own end', async () => {
    const { ask, now, stores, channelSecrets, clock, subscription } = await aLinkWorld();
    await ask('POST');
    await unsubscribeById({ ...stores, channelSecrets, clock }, subscription.id);

    await ask('POST', '', { action: 'undo' });

    expect((await now()).state).toBe('unsubscribed');
  });

  it('one topic leaves the others, and can be taken back for a week', async () => {
    const { ask, now, clock } = await aLinkWorld();

    const stopped = await ask('POST', '', { action: 'stop-topic', topic: 'treaties' });
    const again = await ask('POST', '', { action: 'stop-topic', topic: 'treaties' });
    const left = await now();
    clock.advance(6 * DAY);
    const back = await ask('POST', '', { action: 'take-back', topic: 'treaties' });

    expect(stopped.words).toContain('You will receive no more alerts of “Treaties & pacts”.');
    expect(stopped.words).toContain('Stopped in the last week Treaties & pacts Undo');
    expect(again.status).toBe(200);
    expect(left).toMatchObject({ topics: ['river-crossings'], state: 'active', updatedAt: START });
    expect(back.words).toContain('You will receive alerts of “Treaties & pacts” again.');
    expect(await now()).toMatchObject({ topics: ['river-crossings', 'treaties'], stopped: [] });
  });

  it('a topic cannot be taken back after a week', async () => {
    const { ask, now, clock } = await aLinkWorld();
    await ask('POST', '', { action: 'stop-topic', topic: 'treaties' });
    clock.advance(7 * DAY);

    const { words } = await ask('POST', '', { action: 'take-back', topic: 'treaties' });

    expect(words).not.toContain('Stopped in the last week');
    expect((await now()).topics).toEqual(['river-crossings']);
  });

  it('two topics by two clicks at once stops both', async () => {
    const { ask, now } = await aLinkWorld({ topics: ['river-crossings', 'sheep', 'treaties'] });

    await Promise.all(['sheep', 'treaties'].map((topic) => ask('POST', '', { action: 'stop-topic', topic })));

    expect((await now()).topics).toEqual(['river-crossings']);
  });

  it('the last two topics by two clicks at once ends the subscription', async () => {
    const { ask, now } = await aLinkWorld({ topics: ['sheep', 'treaties'] });

    await Promise.all(['sheep', 'treaties'].map((topic) => ask('POST', '', { action: 'stop-topic', topic })));

    expect(await now()).toMatchObject({ state: 'unsubscribed', endedByLinkAt: START });
  });

  it('takes back only what the subscriber had', async () => {
    const { ask, now, stores } = await aLinkWorld();
    await stores.topics.putTopics([aTopic({ id: 'secret' })]);

    await ask('POST', '', { action: 'take-back', topic: 'secret' });

    expect((await now()).topics).toEqual(['river-crossings', 'treaties']);
  });

  it('says so when it takes nothing back', async () => {
    const { ask, clock } = await aLinkWorld();
    await ask('POST', '', { action: 'stop-topic', topic: 'treaties' });
    clock.advance(7 * DAY);

    const { words } = await ask('POST', '', { action: 'take-back', topic: 'treaties' });

    expect(words).toContain('Nothing was changed: a stopped topic can be taken back for a week.');
  });

  it('a topic of a subscription to all of them says that nothing was changed', async () => {
    const { ask, now } = await aLinkWorld({ topics: ['*'] });

    const { words } = await ask('POST', '', { action: 'stop-topic', topic: 'treaties' });

    expect(words).toContain('Nothing was changed: the subscription is to every topic.');
    expect((await now()).topics).toEqual(['*']);
  });

  it('a topic works for an address that bounced, too, and can be taken back', async () => {
    const { ask, now } = await aLinkWorld({ state: 'suppressed' });

    await ask('POST', '', { action: 'stop-topic', topic: 'treaties' });
    const stopped = await now();
    await ask('POST', '', { action: 'take-back', topic: 'treaties' });

    expect([stopped.state, stopped.topics]).toEqual(['suppressed', ['river-crossings']]);
    expect(await now()).toMatchObject({ state: 'suppressed', topics: ['river-crossings', 'treaties'] });
  });

  it.each([
    ['everything', ['river-crossings', 'treaties'], { action: 'stop' }],
    ['the last topic', ['treaties'], { action: 'stop-topic', topic: 'treaties' }],
  ])('%s cannot be undone for an address that bounced: no mail may go there', async (_what, topics, fields) => {
    const { ask, now } = await aLinkWorld({ state: 'suppressed', topics });

    const ended = await ask('POST', '', fields as Record<string, string>);
    await ask('POST', '', { action: 'undo' });

    expect(ended.words).toContain('To receive alerts again, ask those who run this service.');
    expect((await now()).state).toBe('unsubscribed');
  });

  it('the last topic ends the subscription, and undo brings it back', async () => {
    const { ask, now } = await aLinkWorld({ topics: ['treaties'] });

    const ended = await ask('POST', '', { action: 'stop-topic', topic: 'treaties' });
    const state = (await now()).state;
    await ask('POST', '', { action: 'undo' });

    expect(ended.words).toContain('You will receive no more alerts from it.');
    expect([state, (await now()).state, (await now()).topics]).toEqual(['unsubscribed', 'active', ['treaties']]);
  });
});

describe('the page of a chat', () => {
  const CHAT = { channel: 'slack', target: 'hooks.slack.com/…Xy3z' } as const;

  it('shows of the address what may be shown, and does not speak of mails', async () => {
    const { ask, hit } = await aLinkWorld({ ...CHAT, topics: ['*'] });

    const pages = [await ask('GET'), await ask('GET', `/hit/${hit.article}`), await ask('POST')];

    expect(pages[0]?.words).toContain('For hooks.slack.com/…Xy3z');
    expect(pages[0]?.words).toContain('Stop all messages');
    expect(pages[0]?.words).toContain('To silence one of them for a while, open “This match” in one of its messages.');
    for (const { words } of pages) expect(words).not.toMatch(/mail/i);
  });

  it.each([
    ['webhook', 'Stop all calls'],
    ['ntfy', 'Stop all notifications'],
    ['telegram', 'Stop all messages'],
  ] as const)('has the words of its readers: %s, %s', async (channel, words) => {
    expect((await (await aLinkWorld({ ...CHAT, channel })).ask('GET')).words).toContain(words);
  });

  it('says when the service said that its address is gone', async () => {
    const { ask } = await aLinkWorld({ ...CHAT, state: 'disabled', stateReason: 'Slack answered 410' });

    expect((await ask('GET')).words).toContain('The service said that this address is gone, so nothing is sent.');
  });

  it.each([
    ['everything', ['river-crossings', 'treaties'], { action: 'stop' }],
    ['the last topic', ['treaties'], { action: 'stop-topic', topic: 'treaties' }],
  ])(
    'that ends %s deletes the secret address at once, so it says before that this cannot be undone',
    async (_what, topics, fields) => {
      const { ask, now, channelSecrets, subscription } = await aLinkWorld({ ...CHAT, topics });
      await channelSecrets.putSecret(subscription.id, { url: 'https://hooks.slack.com/services/T/B/secret' });

      const before = await ask('GET');
      const ended = await ask('POST', '', fields as Record<string, string>);
      const undone = await ask('POST', '', { action: 'undo' });

      expect(before.words).toContain('It cannot be undone here: the address is deleted');
      expect(ended.words).toContain('To receive alerts again, ask those who run this service.');
      expect(undone.words).toContain('has ended');
      expect(await now()).toMatchObject({ state: 'unsubscribed', endedByLinkAt: null });
      expect(await channelSecrets.getSecret(subscription.id)).toBeNull();
    },
  );

  it('that stops one topic of several keeps the address', async () => {
    const { ask, channelSecrets, subscription } = await aLinkWorld(CHAT);
    await channelSecrets.putSecret(subscription.id, { url: 'https://hooks.slack.com/services/T/B/secret' });

    await ask('POST', '', { action: 'stop-topic', topic: 'treaties' });

    expect(await channelSecrets.getSecret(subscription.id)).not.toBeNull();
  });

  it('deletes the address when it is asked again, where the first time was cut short', async () => {
    const { ask, channelSecrets, subscription } = await aLinkWorld({ ...CHAT, state: 'unsubscribed' });
    await channelSecrets.putSecret(subscription.id, { url: 'https://hooks.slack.com/services/T/B/secret' });

    await ask('POST', '', { action: 'stop' });

    expect(await channelSecrets.getSecret(subscription.id)).toBeNull();
  });
});

describe('muting', () => {
  it('asks for how long, and says that nothing is lost', async () => {
    const { ask, hit } = await aLinkWorld();

    const topic = await ask('GET', '/mute/river-crossings');
    const both = await ask('GET', `/mute/river-crossings?article=${hit.article}`);

    expect(topic.words).toContain('Mute the topic “River crossings” for 1 day 1 week 30 days');
    expect(topic.words).not.toContain('this event');
    expect(both.words).toContain('Mute only this event for 1 day 1 week 30 days');
  });

  it.each([
    ['day', 1],
    ['week', 7],
    ['month', 30],
  ])('a topic for a %s; doing it again moves the end', async (period, days) => {
    const { ask, now, clock } = await aLinkWorld();
    const fields = { action: 'mute', what: 'topic', for: period };

    const { words } = await ask('POST', '/mute/river-crossings', fields);
    const first = (await now()).mutes;
    clock.advance(60_000);
    await ask('POST', '/mute/river-crossings', fields);

    expect(words).toContain('No alerts of “River crossings” until');
    expect(first).toEqual([{ kind: 'topic', value: 'river-crossings', until: later(days * DAY) }]);
    expect((await now()).mutes).toEqual([
      { kind: 'topic', value: 'river-crossings', until: later(days * DAY + 60_000) },
    ]);
  });

  it('an event mutes its story', async () => {
    const { ask, now, hit } = await aLinkWorld();

    const { words } = await ask('POST', `/mute/river-crossings?article=${hit.article}`, {
      action: 'mute',
      what: 'story',
      for: 'day',
    });

    expect(words).toContain('No alerts of this event until 2026-11-18 08:00 UTC.');
    expect((await now()).mutes).toEqual([{ kind: 'story', value: hit.story.id, until: later(DAY) }]);
  });

  it.each([
    [{ action: 'mute', what: 'topic', for: 'ever' }],
    [{ action: 'mute', what: 'source', for: 'day' }],
    [{ action: 'mute', what: 'story', for: 'day' }],
    [{ what: 'topic', for: 'day' }],
    [{}],
  ])('does nothing on a form that it does not have: %j', async (fields) => {
    const { ask, now } = await aLinkWorld();

    const { status } = await ask('POST', '/mute/river-crossings?article=unknown', fields as Record<string, string>);

    expect([status, (await now()).mutes]).toEqual([400, []]);
  });

  it('a topic that the subscriber does not have is not found', async () => {
    const { ask, now, stores } = await aLinkWorld();
    await stores.topics.putTopics([aTopic({ id: 'secret', title: 'A secret' })]);

    const { status, html } = await ask('POST', '/mute/secret', { action: 'mute', what: 'topic', for: 'day' });

    expect([status, (await now()).mutes]).toEqual([404, []]);
    expect(html).not.toContain('A secret');
  });

  it('of a subscription that has ended does nothing', async () => {
    const { ask, now } = await aLinkWorld({ state: 'unsubscribed' });

    const { words } = await ask('POST', '/mute/treaties', { action: 'mute', what: 'topic', for: 'day' });

    expect(words).toContain('This subscription has ended.');
    expect((await now()).mutes).toEqual([]);
  });

  it('is shown with its end until it is over, and can be ended', async () => {
    const mutes = [
      { kind: 'topic', value: 'treaties', until: later(DAY) },
      { kind: 'source', value: 'ticker.example', until: later(2 * DAY) },
      { kind: 'story', value: 'story-1', until: later(DAY) },
      { kind: 'topic', value: 'river-crossings', until: START },
    ] as const;
    const { ask, now } = await aLinkWorld({ mutes });

    const shown = await ask('GET');
    const ended = await ask('POST', '', { action: 'unmute', kind: 'topic', value: 'treaties' });
    const again = await ask('POST', '', { action: 'unmute', kind: 'topic', value: 'treaties' });

    expect(shown.words).toContain('Treaties & pacts until 2026-11-18 08:00 UTC Unmute');
    expect(shown.words).toContain('ticker.example until 2026-11-19 08:00 UTC Unmute');
    expect(shown.words).toContain('One event and its later reports until 2026-11-18 08:00 UTC Unmute');
    expect(shown.words).not.toContain('River crossings until');
    expect(ended.words).toContain('It is no longer muted.');
    expect(again.words).toContain('It is not muted.');
    expect((await now()).mutes).toEqual([mutes[1], mutes[2]]);
  });
});

describe('the page of an article', () => {
  it('shows the headline with its link, the passage marked, why, and when', async () => {
    const { ask, hit } = await aLinkWorld({ timeZone: 'Europe/Berlin' });

    const { html, words } = await ask('GET', `/hit/${hit.article}`);

    expect(html).toMatch(
      /<h1 dir="auto"><a href="https:\/\/news\.example\.org\/2026\/11\/17\/convoy[^"]*"[^>]*>Convoy crosses the river<\/a>/,
    );
    expect(html).toContain('A <mark>convoy</mark> of forty trucks crossed the <mark>river</mark> at dawn.');
    expect(words).toContain('River crossings medium');
    expect(words).toContain("Why: convoy near river in the feed's text.");
    expect(html).toContain('Why: <b dir="auto">convoy</b> near <b dir="auto">river</b>');
    expect(words).toContain('Clause en: convoy NEAR/5 river Topic river-crossings, version 1.0.0+0000001');
    expect(words).toContain('Published 2026-11-17 09:00 +01:00 Seen 2026-11-17 09:00 +01:00');
  });

  it('leaves the why to the clause where no word was matched', async () => {
    const { ask, stores, subscription } = await aLinkWorld();
    const [passage] = aMatch().passages;
    const match = aMatch(
      { articleId: 'other' },
      { why: 'en: source:example.org', passages: [{ ...passage!, highlights: [] }] },
    );
    await deliverHit(stores, await placeHit(stores, [match]), subscription);

    const { words } = await ask('GET', '/hit/other');

    expect(words).toContain("Why: the topic holds in the feed's text. Clause en: source:example.org Topic");
  });

  it('shows each topic, also one that the subscriber does not have', async () => {
    const { ask, stores, subscription } = await aLinkWorld();
    const matches = [
      aMatch({ articleId: 'both' }),
      aMatch(
        { articleId: 'both', topicId: 'floods' },
        { topic: { id: 'floods', version: '2', title: 'Floods', severity: 'high' } },
      ),
    ] as const;
    await deliverHit(stores, await placeHit(stores, matches), subscription);

    const { words } = await ask('GET', '/hit/both');

    expect(words).toMatch(
      /River crossings medium .* Mute this topic .*Floods high .* You are not subscribed to this topic\./,
    );
  });

  it('lists the reports of the event: why each belongs to it, and what of it was sent', async () => {
    const { ask, stores, subscription, hit } = await aLinkWorld();
    const story = hit.story.id;
    const report = async (id: string, minutes: number, place: object, change: object | null) => {
      const match = aMatch({ articleId: id, firstSeenAt: later(minutes * 60_000) });
      const titled = { ...match, article: { ...match.article, title: `Report ${id}` } };
      const placed = await placeHit(stores, [titled], { id: story, ...place });
      if (change !== null) await deliverHit(stores, placed, subscription, change);
    };
    await report(
      'b',
      1,
      { kind: 'copy', reason: 'the same text' },
      { state: 'merged', sentAt: null, reason: 'a copy of a report in a story that was alerted before' },
    );
    await report(
      'c',
      2,
      { kind: 'new', reason: 'shares *convoy*', news: ['forty trucks'], texts: 2 },
      {
        state: 'held',
        sentAt: null,
        dueAt: later(4 * 3_600_000),
        reason: 'updates of a story come at least 4 hours apart',
      },
    );
    await report('d', 3, { kind: 'same', reason: 'shares *river*', texts: 2 }, null);

    const { html, words } = await ask('GET', `/hit/${hit.article}`);

    expect(words).toContain('4 reports, 2 of them independent.');
    expect(words).toContain(
      'Report d Example News · 2026-11-17 08:03 UTC the same event, nothing new (shares river) not part of your alerts',
    );
    expect(words).toContain(
      'brings something new: forty trucks (shares convoy) waits until 2026-11-17 12:00 UTC: updates of a story come at least 4 hours apart',
    );
    expect(words).toContain(
      'a copy of an earlier report (the same text) not sent: a copy of a report in a story that was alerted before',
    );
    expect(words).toContain(
      'This article Example News · 2026-11-17 08:00 UTC the first report (no open story is similar) sent to you at 2026-11-17 08:00 UTC',
    );
    expect(html).toContain('(shares <b>convoy</b>)');
    expect(html).toContain('<a href="../hit/b">Report b</a>');
    expect(html).not.toContain('../hit/d');
  });

  it('lists the newest thirty reports of a long event, and says that there are older ones', async () => {
    const { ask, stores, hit } = await aLinkWorld();
    for (let minute = 1; minute <= 31; minute += 1) {
      const match = aMatch({ articleId: `report-${minute}`, firstSeenAt: later(minute * 60_000) });
      if (minute === 30) expect((await ask('GET', `/hit/${hit.article}`)).words).not.toContain('Older reports');
      await placeHit(stores, [match], { id: hit.story.id, kind: 'same' });
    }

    const { words } = await ask('GET', `/hit/${hit.article}`);

    expect(words).toContain('Older reports are not shown.');
    expect(words.match(/the same event, nothing new/g)).toHaveLength(30);
  });

  it.each([
    [{ state: 'pending', sentAt: null }, 'is being sent'],
    [{ state: 'sending', sentAt: null }, 'is being sent'],
    [
      { state: 'pending', sentAt: null, reason: 'throttled', dueAt: later(60_000) },
      'will be tried again at 2026-11-17 08:01 UTC',
    ],
    [{ state: 'waiting', sentAt: null, digestId: aDigest().id }, 'waits for your next digest'],
    [{ digestId: aDigest().id }, 'sent to you in a digest at 2026-11-17 08:00 UTC'],
    [{ kind: 'update' }, 'sent to you as an update at 2026-11-17 08:00 UTC'],
    [{ state: 'accepted' }, 'sent to you at 2026-11-17 08:00 UTC'],
    [{ state: 'delivered' }, 'sent to you at 2026-11-17 08:00 UTC'],
    [{ state: 'delayed' }, 'sent to you at 2026-11-17 08:00 UTC; the receiving server makes it wait'],
    [{ state: 'complained' }, 'sent to you at 2026-11-17 08:00 UTC; reported as unwanted'],
    [{ state: 'bounced', reason: 'mailbox full' }, 'came back: mailbox full'],
    [{ state: 'disabled', sentAt: null, reason: 'Slack answered 410' }, 'not sent: Slack answered 410'],
    [{ state: 'filtered', sentAt: null, reason: 'only high or critical' }, 'not sent: only high or critical'],
    [
      { state: 'failed', sentAt: null, reason: 'refused: no such mailbox' },
      'could not be sent: refused: no such mailbox',
    ],
    [
      { state: 'merged', sentAt: null, reason: 'the update a.1.s speaks for it' },
      'not sent: a later update spoke for it',
    ],
    [
      { state: 'suppressed', sentAt: null, reason: `the topic is muted until ${later(DAY)}` },
      'not sent: the topic is muted until 2026-11-18 08:00 UTC',
    ],
  ] as const)('says in words what became of an alert: %j', async (change, words) => {
    const { ask, stores, subscription } = await aLinkWorld();
    await stores.digests.openDigest(aDigest());
    const hit = await placeHit(stores, [aMatch({ articleId: 'other' })]);
    await deliverHit(stores, hit, subscription, change);

    expect((await ask('GET', '/hit/other')).words).toContain(words);
  });

  it('can only be read', async () => {
    const { ask, hit } = await aLinkWorld();

    const { status, headers } = await ask('POST', `/hit/${hit.article}`, { action: 'stop' });

    expect([status, headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });

  it.each(['hit', 'not-relevant'])(
    'is not found where it was sent to someone else only, or nobody knows it: %s',
    async (page) => {
      const { ask, stores } = await aLinkWorld();
      const other = aSubscription({ id: 'subscription-2' as SubscriptionId, target: 'other@example.org' });
      const title = 'Nobody else may know this';
      const match = aMatch({ articleId: 'theirs' });
      const hit = await placeHit(stores, [{ ...match, article: { ...match.article, title } }]);
      await deliverHit(stores, hit, other);

      for (const article of ['theirs', 'unknown']) {
        const { status, html } = await ask('GET', `/${page}/${article}`);

        expect(status).toBe(404);
        expect(html).not.toContain(title);
      }
    },
  );

  it('is not found once the alert or the article has expired', async () => {
    const { ask, hit, clock } = await aLinkWorld();
    clock.advance(100 * DAY);

    expect((await ask('GET', `/hit/${hit.article}`)).status).toBe(404);
  });

  it('shows hostile text as text, and links to the web only', async () => {
    const bad = '<script>alert(1)</script>"\' onload=x \u202e&amp;';
    const { ask, stores, subscription } = await aLinkWorld({ topics: ['*'] });
    const match = aMatch({ articleId: 'bad' });
    const hostile = {
      ...match,
      topic: { ...match.topic, title: bad },
      article: { ...match.article, title: bad, url: 'javascript:alert(1)', canonicalUrl: 'javascript:alert(1)' },
      sources: [{ ...match.sources[0]!, title: bad }],
      passages: [
        { ...match.passages[0]!, text: bad, start: 0, end: bad.length, highlights: [[0, 8]] as [number, number][] },
      ],
      why: bad,
    };
    const hit = await placeHit(stores, [hostile], { reason: `*${bad}*`, news: [bad], kind: 'new' });
    await deliverHit(stores, hit, subscription, { state: 'failed', reason: bad });
    await stores.topics.putTopics([aTopic({ title: bad })]);

    for (const path of ['/hit/bad', '/not-relevant/bad', '/mute/river-crossings?article=bad', '']) {
      const { status, html } = await ask('GET', path);

      expect(status).toBe(200);
      expect(html).not.toMatch(/<script|href="javascript|<[^>]* onload=x|\u202e/i);
    }
    const { words } = await ask('GET', '/hit/bad');
    expect(words).toContain('<script>alert(1)</script>');
  });
});

describe('not relevant', () => {
  it('asks which topic is meant, and says what happens', async () => {
    const { ask, hit } = await aLinkWorld();

    const { words } = await ask('GET', `/not-relevant/${hit.article}`);

    expect(words).toContain('Convoy crosses the river');
    expect(words).toContain('Which topic does this article not belong to?');
    expect(words).toContain('Your alerts stay as they are. Not about “River crossings”');
  });

  it('keeps one mark with the match however often it is said, and offers to mute', async () => {
    const { ask, hit, stores, clock, subscription } = await aLinkWorld();
    const fields = { action: 'not-relevant', topic: 'river-crossings' };

    const { words } = await ask('POST', `/not-relevant/${hit.article}`, fields);
    clock.advance(1000);
    await ask('POST', `/not-relevant/${hit.article}`, fields);

    expect(words).toContain('Noted: this article is not about “River crossings”.');
    expect(words).toContain('Mute the topic “River crossings” for 1 day 1 week 30 days Mute only this event for');
    expect(await stores.matches.listNotRelevant('river-crossings', 10)).toEqual([
      {
        matchId: hit.matches[0]!.id,
        topicId: 'river-crossings',
        subscriptionId: subscription.id,
        at: START,
        expiresAt: aMatch().expiresAt,
      },
    ]);
  });

  it('takes no topic that was not sent', async () => {
    const { ask, stores, subscription } = await aLinkWorld();
    const both = [aMatch({ articleId: 'both' }), aMatch({ articleId: 'both', topicId: 'floods' })] as const;
    const hit = await placeHit(stores, both);
    await deliverHit(stores, hit, subscription, { matchIds: [both[0].id] });

    const asked = await ask('GET', '/not-relevant/both');
    const { status } = await ask('POST', '/not-relevant/both', { action: 'not-relevant', topic: 'floods' });
    const nothing = await ask('POST', '/not-relevant/both');

    expect(asked.html.match(/<button/g)).toHaveLength(1);
    expect([status, nothing.status, await stores.matches.listNotRelevant('floods', 10)]).toEqual([400, 400, []]);
  });

  it('can still be said after the subscription has ended, when there is nothing to mute', async () => {
    const { ask, stores, hit } = await aLinkWorld({ state: 'unsubscribed' });

    const { words } = await ask('POST', `/not-relevant/${hit.article}`, {
      action: 'not-relevant',
      topic: 'river-crossings',
    });

    expect(words).not.toContain('Mute');
    expect(await stores.matches.listNotRelevant('river-crossings', 10)).toHaveLength(1);
  });
});

it.each([
  [10, 200],
  [11, 404],
])('of an article with %i revisions the newest ten are looked at', async (revision, status) => {
  const { ask, stores, subscription } = await aLinkWorld();
  const hit = await placeHit(stores, [aMatch({ articleId: 'grown' })]);
  await deliverHit(stores, hit, subscription);
  await stores.hits.revise(hit, { ...hit, revision });

  expect((await ask('GET', '/hit/grown')).status).toBe(status);
});

it('an article that gained a topic later is known by the alert of either revision', async () => {
  const { ask, stores, subscription } = await aLinkWorld();
  const hit = await placeHit(stores, [aMatch({ articleId: 'grown' })]);
  await deliverHit(stores, hit, subscription);
  await stores.hits.revise(hit, { ...hit, revision: 2 });

  expect((await ask('GET', `/hit/${'grown' as ArticleId}`)).status).toBe(200);
});
