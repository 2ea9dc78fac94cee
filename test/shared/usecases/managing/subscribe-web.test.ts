// Subscribing webhooks and chats: what is stored where, in which order, and what subscribing again does.
import type { SubscriptionId } from '../../../../shared/model/ids.ts';
import type { Subscription } from '../../../../shared/model/subscription.ts';
import { rotateSecret } from '../../../../shared/usecases/managing/rotate-secret.ts';
import { type SubscribeWebRequest, subscribeWeb } from '../../../../shared/usecases/managing/subscribe-web.ts';
import {
  type UnsubscribePorts,
  unsubscribeById,
  unsubscribeByToken,
} from '../../../../shared/usecases/managing/unsubscribe.ts';
import { ALERT_SETTINGS } from '../../../support/alert-world.ts';
import { aClock, aTopic, later } from '../../../support/builders.ts';
import { targetOf } from '../../../support/channel-messages.ts';
import { testChannels } from '../../../support/channels.ts';
import { createMemoryStores } from '../../../support/memory-store.ts';
import { problemsOf } from '../../../support/problems-of.ts';

async function aWorld() {
  const clock = aClock();
  const stores = createMemoryStores({ clock });
  await stores.topics.putTopics(['sanctions', 'treaties'].map((id) => aTopic({ id })));
  const { channelSecrets } = testChannels();
  const steps: string[] = [];
  const ports = {
    ...stores,
    clock,
    settings: ALERT_SETTINGS,
    channelSecrets: {
      ...channelSecrets,
      putSecret: async (...given: Parameters<typeof channelSecrets.putSecret>) => {
        steps.push('secret');
        await channelSecrets.putSecret(...given);
      },
    },
    subscriptions: {
      getSubscription: stores.subscriptions.getSubscription.bind(stores.subscriptions),
      getByToken: stores.subscriptions.getByToken.bind(stores.subscriptions),
      updateSubscription: stores.subscriptions.updateSubscription.bind(stores.subscriptions),
      createSubscription: async (...given: Parameters<typeof stores.subscriptions.createSubscription>) => {
        steps.push('record');
        await stores.subscriptions.createSubscription(...given);
      },
    },
  };
  const ask = (change: Partial<SubscribeWebRequest> = {}) =>
    subscribeWeb(ports, { channel: 'slack', target: targetOf('slack'), topics: ['sanctions'], ...change });
  return { ask, ports, stores, steps, clock };
}

describe('a webhook or a chat', () => {
  it('is stored by what may be shown, its address before it', async () => {
    const { ask, ports, steps } = await aWorld();

    const { outcome, subscription } = await ask();

    expect(outcome).toBe('created');
    expect(subscription).toMatchObject({ channel: 'slack', target: 'hooks.slack.com/…Xy3z', state: 'active' });
    expect(await ports.channelSecrets.getSecret(subscription.id)).toEqual({ url: targetOf('slack') });
    expect(steps).toEqual(['secret', 'record']);
  });

  it('gets no address where its record could not be made: the next try completes it', async () => {
    const { ask, ports } = await aWorld();
    const { createSubscription } = ports.subscriptions;
    ports.subscriptions.createSubscription = () => Promise.reject(new Error('the database is away'));
    await expect(ask()).rejects.toThrow('the database is away');
    ports.subscriptions.createSubscription = createSubscription;

    expect(await ask()).toMatchObject({ outcome: 'created' });
  });

  it('has one subscription: asking again adds topics and changes settings', async () => {
    const { ask } = await aWorld();
    const { subscription } = await ask();

    expect(await ask()).toMatchObject({ outcome: 'unchanged', addedTopics: [] });
    expect(await ask({ topics: ['treaties'] })).toMatchObject({ outcome: 'extended', addedTopics: ['treaties'] });
    expect(await ask({ digest: 'daily' })).toMatchObject({
      outcome: 'changed',
      subscription: { id: subscription.id, digest: 'daily', topics: ['sanctions', 'treaties'] },
    });
  });

  it('is another one at another address, and on another channel', async () => {
    const { ask } = await aWorld();
    const ids = [
      await ask(),
      await ask({ target: `${targetOf('slack')}z` }),
      await ask({ channel: 'webhook', target: targetOf('slack') }),
    ].map(({ subscription }) => subscription.id);

    expect(new Set(ids).size).toBe(3);
  });

  it('is changed by another token of the same topic or bot', async () => {
    const { ask, ports } = await aWorld();
    const ntfy = { channel: 'ntfy', target: targetOf('ntfy') } as const;
    const { subscription } = await ask({ ...ntfy, token: 'tk_1' });

    expect(await ask({ ...ntfy, token: 'tk_2' })).toMatchObject({
      outcome: 'changed',
      subscription: { id: subscription.id },
    });
    expect(await ports.channelSecrets.getSecret(subscription.id)).toMatchObject({ token: 'tk_2' });
  });

  it('that was disabled is active again when it is subscribed', async () => {
    const { ask, ports, clock } = await aWorld();
    const { subscription } = await ask();
    const gone = { state: 'disabled', stateReason: 'Slack answered 404: no_service' } as const;
    await ports.subscriptions.updateSubscription(subscription.id, gone, clock.now().toISOString());

    expect(await ask()).toMatchObject({ outcome: 'renewed', subscription: { state: 'active', stateReason: null } });
  });

  it.each([
    [
      'the link in a message',
      (ports: UnsubscribePorts, { unsubscribeToken }: Subscription) => unsubscribeByToken(ports, unsubscribeToken),
    ],
    ['an operator', (ports: UnsubscribePorts, { id }: Subscription) => unsubscribeById(ports, id)],
  ])('loses its address at once where %s ends it, and gets it back when it is subscribed again', async (_by, end) => {
    const { ask, ports } = await aWorld();
    const { subscription } = await ask();

    expect(await end(ports, subscription)).toMatchObject({ state: 'unsubscribed', endedByLinkAt: null });
    expect(await ports.channelSecrets.getSecret(subscription.id)).toBeNull();
    expect(await ask()).toMatchObject({ outcome: 'renewed' });
    expect(await ports.channelSecrets.getSecret(subscription.id)).not.toBeNull();
  });

  it('names every problem at once, and stores nothing', async () => {
    const { ask, stores, steps } = await aWorld();

    expect(await problemsOf(ask({ target: 'x', topics: ['sanctoins'], timeZone: 'Europe/Berln', token: 'x' }))).toEqual(
      [
        'target: it is no web address; expected one that begins with https://',
        'token: Slack has none; leave it out',
        expect.stringContaining('topics: "sanctoins" is not a topic'),
        expect.stringContaining('timeZone: "Europe/Berln"'),
      ],
    );
    expect(steps).toEqual([]);
    expect(stores.snapshot().subscriptions).toEqual({});
  });

  it('that two make at once becomes one', async () => {
    const { ask, stores } = await aWorld();

    const made = await Promise.all([ask(), ask({ topics: ['treaties'] })]);

    const [id] = made.map(({ subscription }) => subscription.id) as [SubscriptionId];
    expect((await stores.subscriptions.getSubscription(id))?.topics).toEqual(['sanctions', 'treaties']);
  });
});

describe('the key of a webhook', () => {
  const webhook = { channel: 'webhook', target: targetOf('webhook') } as const;

  it('that was stolen ends at once when it is replaced twice', async () => {
    const { ask, ports, clock } = await aWorld();
    const { subscription, signingKey } = await ask(webhook);

    await rotateSecret(ports, subscription.id);
    const { previousUntil } = await rotateSecret(ports, subscription.id);

    const keys = (await ports.channelSecrets.getSecret(subscription.id))?.signingKeys ?? [];
    expect(previousUntil).toBe(later(86_400_000, clock.now().toISOString()));
    expect(keys).toHaveLength(2);
    expect(keys.map(({ key }) => key)).not.toContain(signingKey);
  });
});
