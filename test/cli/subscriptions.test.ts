// `tocsin subscribe`, `unsubscribe` and `subscriptions` against a running instance.
import type { SubscriptionId } from '../../shared/model/ids.ts';
import { aDelivery, aMatch, aSubscription, aTopic, later } from '../support/builders.ts';
import { aRunningInstance, type RunningInstance } from '../support/running-instance.ts';

const ADDRESS = 'desk@example.org';

let instance: RunningInstance;
beforeEach(async () => {
  instance = await aRunningInstance();
  await instance.stores.topics.putTopics([aTopic(), aTopic({ id: 'bridges', title: 'Bridges' })]);
});
afterEach(() => instance.stop());

const run = (...args: string[]) => instance.run(args);
const json = async (...args: string[]) => {
  const { code, stdout } = await run(...args, '--json');
  expect(code).toBe(0);
  return JSON.parse(stdout);
};

describe('subscribe', () => {
  it('says who will receive which alerts, how and when', async () => {
    const { code, stdout, stderr } = await run(
      'subscribe',
      'email',
      ADDRESS,
      '--topic',
      'bridges',
      '--digest',
      'daily',
    );

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(
      /^desk@example\.org will receive alerts for bridges by email; daily digest at 07:00\. Subscription \S+\n$/,
    );
  });

  it('adds topics to what the address has', async () => {
    await run('subscribe', 'email', ADDRESS, '--topic', 'bridges');
    const { id, topics } = await json('subscribe', 'email', ADDRESS, '--topic', 'river-crossings');

    expect(topics).toEqual(['bridges', 'river-crossings']);
    expect(await json('subscriptions')).toMatchObject([{ id, target: ADDRESS, state: 'active' }]);
  });

  it('takes every topic as "*"', async () => {
    expect((await run('subscribe', 'email', ADDRESS, '--topic', '*')).stdout).toContain('alerts for every topic');
  });

  it('says that Amazon SNS asks the address for a confirmation', async () => {
    const { code, stderr } = await run('subscribe', 'sns-email', ADDRESS, '--topic', 'bridges');

    expect(code).toBe(0);
    expect(stderr).toContain('alerts begin once it is opened and confirmed');
    expect((await run('subscriptions')).stdout).toContain('  unconfirmed  ');
  });

  it('shows who asked and that there is no answer yet, while an address has not agreed', async () => {
    const consent = {
      question: 'mail',
      requestedAt: later(0),
      requestedBy: 'user/ann',
      wording: 1,
      confirmedAt: null,
    } as const;
    await instance.stores.subscriptions.createSubscription(
      aSubscription({
        target: ADDRESS,
        state: 'unconfirmed',
        stateReason: 'the address could not be asked: away',
        consent,
      }),
    );

    const { code, stdout } = await run('subscriptions', 'show', ADDRESS);

    expect(code).toBe(0);
    expect(stdout.split('\n').slice(0, 3)).toEqual([
      'desk@example.org, by email: river-crossings. Nothing is sent before it agrees: the mail that asks has a link to a page that confirms.',
      '  the address could not be asked: away',
      '  Subscribed on 2026-11-17 08:00 UTC by user/ann, not confirmed yet.',
    ]);
  });

  it.each([
    [['email', ADDRESS], 'name at least one topic'],
    [['mail', ADDRESS, '--topic', 'bridges'], 'did you mean email?'],
    [['email', ADDRESS, '--topic', 'brigdes'], 'bridges'],
    [['email', 'nobody', '--topic', 'bridges'], 'there is no @'],
    [['email', ADDRESS, '--topic', 'bridges', '--digest', 'wekly'], '--digest: "wekly" is not one of'],
    [['email', ADDRESS, '--topic', 'bridges', '--on', 'mondy'], 'did you mean monday?'],
    [['email', ADDRESS, '--topic', 'bridges', '--at', '25:00'], '"25:00" is not a time of day'],
    [['email', ADDRESS, '--topic', 'bridges', '--zone', 'Europe/Berln'], 'Did you mean Europe/Berlin?'],
    [['email', ADDRESS, '--topic', 'bridges', '--quiet', '22:00'], 'expected one such as 22:00-07:00'],
    [['email', ADDRESS, '--topic', 'bridges', '--quiet', '22:00-23:00-07:00'], 'expected one such as 22:00-07:00'],
    [['email', ADDRESS, '--topic', 'bridges', '--quiet', '7:00-07:00'], 'expected two different times'],
    [['email', ADDRESS, '--topic', 'bridges', '--language', 'German'], 'Did you mean "de"?'],
    [['email', ADDRESS, '--topic', 'bridges', '--when-empty', '--no-when-empty'], 'contradict each other'],
    [['sns-email', ADDRESS, '--topic', 'bridges', '--follow', 'first'], 'can choose by topic only'],
  ])('refuses %j with exit code 2, and creates no subscription', async (args, reason) => {
    const { code, stdout, stderr } = await run('subscribe', ...args);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(reason);
    expect(instance.stores.snapshot().subscriptions).toEqual({});
  });
});

it('subscribe takes every setting', async () => {
  const subscription = await json(
    ...['subscribe', 'email', ADDRESS, '--topic', 'bridges', '--digest', 'weekly', '--at', '8:00', '--on', 'Friday'],
    ...['--zone', 'Europe/Berlin', '--quiet', '22:00-7:00', '--min-severity', 'high', '--language', 'en'],
    ...[
      '--language',
      'de',
      '--only-source',
      'wire.example',
      '--not-source',
      'Blog',
      '--follow',
      'first',
      '--when-empty',
    ],
  );

  expect(subscription).toMatchObject({
    outcome: 'created',
    digest: 'weekly',
    digestAt: '08:00',
    digestDay: 'friday',
    timeZone: 'Europe/Berlin',
    quietHours: { from: '22:00', until: '07:00' },
    minSeverity: 'high',
    languages: ['en', 'de'],
    onlySources: ['wire.example'],
    exceptSources: ['Blog'],
    follow: 'first',
    whenEmpty: true,
  });
});

it('subscribe names the other subscription of an address that has two', async () => {
  for (const [at, digest] of (['none', 'daily'] as const).entries())
    await instance.stores.subscriptions.createSubscription(
      aSubscription({ id: `old-${digest}` as SubscriptionId, target: ADDRESS, digest, createdAt: later(at) }),
    );

  const { stdout, stderr } = await run('subscribe', 'email', ADDRESS, '--topic', 'bridges');

  expect(stdout).toMatch(/alerts for bridges, river-crossings by email\. Subscription old-none\n$/);
  expect(stderr).toBe(
    'Subscription old-daily of this address stays as it is. To end it: tocsin unsubscribe old-daily\n',
  );
  expect(await run('subscriptions', 'change', ADDRESS, '--digest', 'hourly')).toMatchObject({
    code: 2,
    stderr: [
      `tocsin: ${ADDRESS} has 2 subscriptions; name one by its id`,
      '  old-daily  river-crossings by email, daily digest at 07:00',
      '  old-none  bridges, river-crossings by email',
      '',
    ].join('\n'),
  });
});

describe('subscriptions change', () => {
  beforeEach(() =>
    run('subscribe', 'email', ADDRESS, '--topic', 'bridges', '--zone', 'Europe/Berlin', '--language', 'en'),
  );

  it('changes what is given, and says what is sent from now on', async () => {
    const { code, stdout } = await run(
      ...['subscriptions', 'change', ADDRESS, '--add-topic', 'river-crossings', '--digest', 'daily'],
      ...['--quiet', '22:00-07:00', '--language', '', '--min-severity', 'high'],
    );

    expect(code).toBe(0);
    expect(stdout.split('\n').slice(0, -2)).toEqual([
      'desk@example.org, by email: bridges, river-crossings.',
      '  Subscribed on 2026-11-17 08:00 UTC by command line, without being asked, because mail.confirm was false.',
      '  At most one alert per event; updates when there is something new, at least 4 hours apart unless it becomes more severe.',
      '  Alerts are gathered: daily digest at 07:00 (Europe/Berlin); none when there is nothing to report.',
      '  Quiet from 22:00 to 07:00 (Europe/Berlin): alerts wait until then, except those of critical topics.',
      '  Only high or critical.',
    ]);
    expect((await run('subscriptions', ADDRESS)).stdout).toContain(
      '  daily digest at 07:00; only high or critical; quiet 22:00-07:00  active  ',
    );
  });

  it('takes an empty value, or none for quiet hours, as the default', async () => {
    await run('subscriptions', 'change', ADDRESS, '--quiet', '22:00-07:00', '--digest', 'hourly', '--when-empty');

    const changed = await json(
      ...['subscriptions', 'change', ADDRESS, '--quiet', 'none', '--digest', '', '--zone', '', '--no-when-empty'],
    );

    expect(changed).toMatchObject({ quietHours: null, digest: 'none', timeZone: null, whenEmpty: false });
  });

  it('says so when the time of a digest is given and there is none', async () => {
    const change = async (...args: string[]) => (await run('subscriptions', 'change', ADDRESS, ...args)).stderr;

    expect(await change('--at', '08:00')).toBe(
      '--at is the time of daily and weekly digests, and there is none; to get one: --digest daily\n',
    );
    expect(await change('--on', 'friday', '--digest', 'daily')).toBe(
      '--on is the day of weekly digests, and there is none; to get one: --digest weekly\n',
    );
    expect(await change('--at', '09:00')).toBe('');
    expect(await change('--digest', 'none')).toBe('');
    await change('--for', 'bridges', '--digest', 'weekly');
    expect(await change('--at', '08:00', '--on', 'monday')).toBe('');
  });

  it('with --for changes what differs for a topic', async () => {
    await run('subscriptions', 'change', ADDRESS, '--for', 'bridges', '--follow', 'all', '--digest', 'hourly');
    const { stdout } = await run('subscriptions', 'change', ADDRESS, '--for', 'bridges', '--not-source', 'Blog');

    expect(stdout).toContain('\n  For bridges: in the hourly digest; not from Blog; every report.\n');
    expect((await run('subscriptions', 'list', ADDRESS)).stdout).toContain('1 topic with other rules');
  });

  it.each([
    [[], 'nothing to change: give at least one option'],
    [['--for', 'bridges'], 'nothing to change: give at least one option'],
    [['--for', 'bridges', '--at', '08:00'], '--at holds for the whole subscription'],
    [['--for', 'bridge', '--follow', 'all'], 'Did you mean bridges?'],
    [['--drop-topic', 'bridges'], 'no topic would be left'],
    [['--add-topic', 'brigdes'], 'Did you mean bridges?'],
    [['--min-severity', 'hihg'], 'did you mean high?'],
  ])('refuses %j with exit code 2', async (args, reason) => {
    const { code, stdout, stderr } = await run('subscriptions', 'change', ADDRESS, ...args);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(reason);
  });
});

describe('subscriptions show', () => {
  it('says in sentences what a newcomer gets', async () => {
    const { id } = await json('subscribe', 'email', ADDRESS, '--topic', '*');

    expect((await run('subscriptions', 'show', id)).stdout).toBe(
      [
        'desk@example.org, by email: every topic.',
        '  Subscribed on 2026-11-17 08:00 UTC by command line, without being asked, because mail.confirm was false.',
        '  At most one alert per event; updates when there is something new, at least 4 hours apart unless it becomes more severe.',
        '  Each alert is sent at once.',
        '  No quiet hours.',
        '  Topics of every severity, in every language, from every source.',
        `  Subscription ${id}`,
        '',
      ].join('\n'),
    );
    expect(await json('subscriptions', 'show', id)).toMatchObject({ id, follow: 'significant' });
  });

  it('says what SNS sends, and that a subscription has ended', async () => {
    const { id } = await json('subscribe', 'sns-email', ADDRESS, '--topic', 'bridges');
    await run('unsubscribe', id);

    const { stdout } = await run('subscriptions', 'show', id);

    expect(stdout).toContain('by sns-email: bridges. It has ended, and nothing is sent.\n');
    expect(stdout).toContain('Amazon SNS mails each alert at once');
  });
});

describe('mute', () => {
  beforeEach(() => run('subscribe', 'email', ADDRESS, '--topic', 'bridges'));

  it('silences a topic for a while, which is shown, and unmute ends it', async () => {
    const muted = await run('mute', ADDRESS, 'topic', 'bridges', '--for', '2d');
    const { id } = (await json('subscriptions', ADDRESS))[0];

    expect(muted.stdout).toBe('desk@example.org gets no alerts of the topic "bridges" until 2026-11-19 08:00 UTC\n');
    expect((await run('subscriptions', 'show', id)).stdout).toContain(
      '\n  No alerts of the topic "bridges" until 2026-11-19 08:00 UTC.\n',
    );
    expect((await run('subscriptions')).stdout).toMatch(/ {2}1 mute +active /);
    expect((await run('unmute', id, 'topic', 'bridges')).stdout).toBe('alerts of the topic "bridges" are sent again\n');
    expect(await json('subscriptions', ADDRESS)).toMatchObject([{ mutes: [] }]);
  });

  it('lasts until a time of the terminal', async () => {
    const { mutes } = await json('mute', ADDRESS, 'source', 'wire.example', '--until', '2026-11-18T09:00');

    expect(mutes).toEqual([{ kind: 'source', value: 'wire.example', until: '2026-11-18T09:00:00.000Z' }]);
  });

  it.each([
    [['topic', 'bridges'], 'a mute needs an end: give either --for or --until'],
    [['topic', 'bridges', '--for', '2d', '--until', 'today'], 'give either --for or --until'],
    [['topic', 'bridges', '--for', 'ever'], '"ever" is not a length of time. Allowed: 90m, 12h, 2d or 1w'],
    [['topic', 'bridges', '--for', '60w'], 'is too far away'],
    [['topic', 'bridges', '--until', '2026-11-01'], 'is over; expected a later time than now'],
    [['topic', 'brigdes', '--for', '2d'], 'Did you mean bridges?'],
    [['topics', 'bridges', '--for', '2d'], 'did you mean topic?'],
  ])('refuses %j with exit code 2', async (args, reason) => {
    const { code, stdout, stderr } = await run('mute', ADDRESS, ...args);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(reason);
  });

  it('that is not in force cannot be ended', async () => {
    const { code, stderr } = await run('unmute', ADDRESS, 'topic', 'bridges');

    expect({ code, stderr }).toEqual({ code: 2, stderr: 'tocsin: a mute of the topic "bridges" does not exist\n' });
  });
});

describe('subscriptions', () => {
  it('are shown in a table, all of them or those of an address, without their secrets', async () => {
    await run('subscribe', 'email', ADDRESS, '--topic', '*');
    await run('subscribe', 'email', 'other@example.org', '--topic', 'bridges');
    const all = await run('subscriptions');
    const own = await run('subscriptions', ADDRESS);

    expect(all.stdout.split('\n')).toHaveLength(4);
    expect(own.stdout).toMatch(
      /^ADDRESS +CHANNEL +TOPICS +SETTINGS +STATE +ID\ndesk@example\.org +email +every topic +default +active +\S+\n$/,
    );
    expect(JSON.stringify(await json('subscriptions'))).not.toContain('oken');
  });

  it('of an address without any are none', async () => {
    await run('subscribe', 'email', ADDRESS, '--topic', '*');

    const { stdout, stderr } = await run('subscriptions', 'other@example.org');

    expect(stdout).toBe('');
    expect(stderr).toMatch(/^other@example\.org has no subscriptions\. To add one: tocsin subscribe email /);
  });

  it('are all listed, however many pages there are', async () => {
    for (let number = 0; number < 120; number += 1)
      await instance.stores.subscriptions.createSubscription(
        aSubscription({ id: `s${number}` as SubscriptionId, target: `a${number}@example.org` }),
      );

    expect(await json('subscriptions')).toHaveLength(120);
  });

  it('where there are none, say how to begin', async () => {
    const { code, stdout, stderr } = await run('subscriptions');

    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toContain('tocsin subscribe email');
    expect(await json('subscriptions')).toEqual([]);
  });
});

describe('unsubscribe', () => {
  it.each(['address', 'id'])('ends a subscription by its %s', async (by) => {
    const { id } = await json('subscribe', 'email', ADDRESS, '--topic', 'bridges');
    expect(await json('unsubscribe', by === 'id' ? id : ADDRESS)).toEqual({ ended: [id] });

    expect(await json('subscriptions', ADDRESS)).toMatchObject([{ id, state: 'unsubscribed' }]);
  });

  it('ends each of an address once, and not those that have ended', async () => {
    await run('subscribe', 'email', ADDRESS, '--topic', 'bridges');
    await run('unsubscribe', ADDRESS);
    const { id } = await json('subscribe', 'sns-email', ADDRESS, '--topic', 'bridges');

    const { code, stdout } = await run('unsubscribe', ADDRESS);
    const again = await run('unsubscribe', ADDRESS);

    expect({ code, stdout }).toEqual({ code: 0, stdout: `ended: ${id}\n` });
    expect(again.code).toBe(2);
  });

  it('refuses an address or id without a subscription', async () => {
    const byAddress = await run('unsubscribe', ADDRESS);
    const byId = await run('unsubscribe', 'nobody');

    expect([byAddress.code, byId.code]).toEqual([2, 2]);
    expect(byAddress.stderr).toContain('has no active subscriptions');
    expect(byId.stderr).toContain('does not exist');
  });
});

it('deliveries says so when there are none', async () => {
  const { code, stdout, stderr } = await instance.run(['deliveries', '--failing']);

  expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '', stderr: 'no deliveries are failing\n' });
});

describe('deliveries', () => {
  it.each([
    ['--match', 'a/b?c'],
    ['--subscription', 'a/b?c'],
  ])('of %s %s are looked up under its whole id', async (option, id) => {
    const { code, stderr } = await run('deliveries', option, id);

    expect(code).toBe(2);
    expect(stderr).toMatch(/there is no (?:match|subscription) "a\/b\?c"/);
  });

  it('of a match, and those that fail, are found', async () => {
    await instance.stores.subscriptions.createSubscription(aSubscription());
    await instance.stores.matches.putMatch(aMatch());
    await instance.stores.deliveries.createDelivery(aDelivery({ state: 'failed', reason: 'no such user' }));

    expect(await json('deliveries', '--match', aMatch().id)).toMatchObject([{ state: 'failed', sentAt: null }]);
    expect((await run('deliveries', '--failing')).stdout).toMatch(/ failed .* {2}no such user\n$/);
    expect((await run('deliveries', '--match', aMatch().id)).stdout).toContain(' river-crossings ');
  });

  it('are a table with the reason of a failure', async () => {
    const id = aSubscription().id;
    await instance.stores.subscriptions.createSubscription(aSubscription());
    await instance.stores.deliveries.createDelivery(
      aDelivery({ state: 'sent', attempts: 2, sentAt: '2026-11-17T08:00:09.000Z', reason: 'slow\u001b' }),
    );

    const { stdout } = await run('deliveries', '--subscription', id);

    expect(stdout.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
      ['CREATED', 'STATE', 'KIND', 'CHANNEL', 'TOPIC', 'SUBSCRIPTION', 'ATTEMPTS', 'SENT', 'ID', 'REASON'],
      [
        '2026-11-17 08:00:00 UTC',
        'sent',
        'alert',
        'email',
        'river-crossings',
        id,
        '2',
        '2026-11-17 08:00:09 UTC',
        aDelivery().id,
        'slow\ufffd',
      ],
      [''],
    ]);
  });

  it('say so where there are none yet', async () => {
    await instance.stores.subscriptions.createSubscription(aSubscription());

    expect(await run('deliveries', '--subscription', aSubscription().id)).toMatchObject({
      code: 0,
      stdout: '',
      stderr: 'no deliveries\n',
    });
  });
});

describe('forget', () => {
  it('deletes what is stored about an address, and says what remains', async () => {
    await run('subscribe', 'email', ADDRESS, '--topic', 'bridges');

    const { code, stdout } = await run('forget', 'Desk@example.org');

    expect(code).toBe(0);
    expect(stdout).toBe(
      [
        'Deleted: 1 subscription, 0 records of what was sent.',
        'What remains:',
        '  How often the address was asked to confirm, as a hash, for one day.',
        '  Backups of the table, until they expire (point-in-time recovery: 35 days), and what the mail service keeps.',
        '',
      ].join('\n'),
    );
    expect(await json('subscriptions')).toEqual([]);
    expect((await run('forget', ADDRESS)).stdout).toMatch(/^Nothing is stored about this address\.\nWhat remains:/);
  });

  it('asks again until everything is deleted, and adds up', async () => {
    await run('subscribe', 'email', ADDRESS, '--topic', 'bridges');
    const [{ id }] = await json('subscriptions');
    for (let at = 0; at < 501; at += 1)
      await instance.stores.deliveries.createDelivery(
        aDelivery({ matchId: aMatch({ articleId: `article-${at}` }).id, subscriptionId: id }),
      );

    expect(await json('forget', ADDRESS)).toMatchObject({ isDone: true, subscriptions: 1, deliveries: 501 });
  });

  it('refuses what is no address', async () => {
    const { code, stderr } = await run('forget', 'desk');

    expect(code).toBe(2);
    expect(stderr).toContain('there is no @ in the e-mail address');
  });
});
