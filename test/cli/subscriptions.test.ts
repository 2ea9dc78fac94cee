// `tocsin subscribe`, `unsubscribe` and `subscriptions` against a running instance.
import type { SubscriptionId } from '../../shared/model/ids.ts';
import { aDelivery, aMatch, aSubscription, aTopic } from '../support/builders.ts';
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
      /^desk@example\.org will receive alerts for bridges by email, in one daily digest\. Subscription \S+\n$/,
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
    expect(stderr).toContain('alerts begin once it is opened');
  });

  it.each([
    [['email', ADDRESS], 'name at least one topic'],
    [['mail', ADDRESS, '--topic', 'bridges'], 'did you mean email?'],
    [['email', ADDRESS, '--topic', 'brigdes'], 'bridges'],
    [['email', 'nobody', '--topic', 'bridges'], 'there is no @'],
    [['email', ADDRESS, '--topic', 'bridges', '--digest', 'weekly'], 'digest'],
  ])('refuses %j with exit code 2, and creates no subscription', async (args, reason) => {
    const { code, stdout, stderr } = await run('subscribe', ...args);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(reason);
    expect(instance.stores.snapshot().subscriptions).toEqual({});
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
      /^ADDRESS +CHANNEL +TOPICS +DIGEST +STATE +ID\ndesk@example\.org +email +every topic +none +active +\S+\n$/,
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
    expect(stderr).toMatch(/a\/b\?c.* does not exist/);
  });

  it.each([[[]], [['--match', 'm', '--failing']], [['--match', 'm', '--subscription', 's']]])(
    'are those of one thing: %j is refused',
    async (args) => {
      expect(await run('deliveries', ...args)).toMatchObject({
        code: 2,
        stdout: '',
        stderr: expect.stringMatching(
          /^tocsin: give exactly one of --match, --subscription and --failing\n {2}usage: tocsin deliveries/,
        ),
      });
    },
  );

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
      ['CREATED', 'STATE', 'CHANNEL', 'TOPIC', 'SUBSCRIPTION', 'ATTEMPTS', 'SENT', 'REASON'],
      ['2026-11-17 08:00:00 UTC', 'sent', 'email', 'river-crossings', id, '2', '2026-11-17 08:00:09 UTC', 'slow\ufffd'],
      [''],
    ]);
  });

  it('say so where there are none yet', async () => {
    await instance.stores.subscriptions.createSubscription(aSubscription());

    expect(await run('deliveries', '--subscription', aSubscription().id)).toMatchObject({
      code: 0,
      stdout: '',
      stderr: 'no deliveries yet\n',
    });
  });
});
