// After a topic has ended: which subscriptions are listed, and what is still sent.
import type { SubscriptionId } from '../../../../shared/model/ids.ts';
import { defaultSettings } from '../../../../shared/model/settings.ts';
import { configure } from '../../../../shared/usecases/managing/configure.ts';
import { removeTopic, restoreTopic } from '../../../../shared/usecases/managing/end-topics.ts';
import { ALERT_SETTINGS, anAlertWorld } from '../../../support/alert-world.ts';
import { aClock, aMatch, articleOf, aSubscription, aTopic, START } from '../../../support/builders.ts';
import { aLog, aQueue } from '../../../support/fakes.ts';
import { createMemoryStores } from '../../../support/memory-store.ts';
import { sendAlerts } from '../../../support/send-alerts.ts';

const [crossings, bridges, floods] = [aTopic(), aTopic({ id: 'bridges' }), aTopic({ id: 'floods', pack: 'weather' })];
const subscriber = (id: string, topics: readonly string[]) =>
  aSubscription({ id: id as SubscriptionId, target: `${id}@example.org`, topics });

async function aWorld() {
  const clock = aClock();
  const stores = createMemoryStores({ clock });
  await stores.subscriptions.createSubscription(subscriber('all', ['*']));
  await stores.subscriptions.createSubscription(subscriber('weather', ['floods']));
  await stores.subscriptions.createSubscription(subscriber('both', ['bridges', 'floods']));
  await stores.subscriptions.createSubscription({ ...subscriber('former', ['floods']), state: 'unsubscribed' });
  return { ...stores, clock, log: aLog(), pollQueue: aQueue<never>() };
}

const of = (topic: string, id: string) => ({ topic, id, channel: 'email', target: `${id}@example.org` });
const files = (topics: readonly ReturnType<typeof aTopic>[]) => ({
  feeds: [],
  topics,
  packs: [...new Set(topics.map(({ pack }) => pack))],
});

describe('a topic that is removed', () => {
  it('is named with the subscriptions that name it, which stay', async () => {
    const world = await aWorld();
    await configure(world, files([bridges, floods]), defaultSettings);

    const { outcome, subscriptions } = await removeTopic(world, 'floods');

    expect({ outcome, subscriptions }).toEqual({
      outcome: 'disabled',
      subscriptions: [of('floods', 'both'), of('floods', 'weather')],
    });
    expect((await world.subscriptions.getSubscription('weather' as SubscriptionId))?.topics).toEqual(['floods']);
    expect(await world.topics.listEntries()).toMatchObject([{ id: 'bridges' }, { id: 'floods', disabledAt: START }]);
  });

  it('is named with its subscriptions in the order of their addresses', async () => {
    const world = await aWorld();
    await world.subscriptions.createSubscription({
      ...subscriber('a-late-address', ['bridges']),
      target: 'zoe@example.org',
    });
    await configure(world, files([bridges]), defaultSettings);

    const { subscriptions } = await removeTopic(world, 'bridges');

    expect(subscriptions.map(({ target }) => target)).toEqual(['both@example.org', 'zoe@example.org']);
  });

  it('still has the alerts sent of what was found before', async () => {
    const world = anAlertWorld();
    await world.given({ matches: [aMatch()], subscriptions: [aSubscription()] });
    await world.stores.topics.putTopics([crossings], { source: 'configuration' });

    await removeTopic({ ...world.stores, clock: world.clock, log: aLog() }, crossings.id);
    await sendAlerts(articleOf(aMatch()), world.ports, ALERT_SETTINGS);

    expect(world.mails).toHaveLength(1);
  });

  it('is logged, with what came of it, and so is its return', async () => {
    const world = await aWorld();
    await configure(world, files([bridges, floods]), defaultSettings);
    await removeTopic(world, 'floods');
    await restoreTopic(world, 'floods');
    await world.topics.putTopics([crossings], { source: 'push' });
    await removeTopic(world, crossings.id);

    expect(world.log.lines).toEqual([
      { level: 'info', message: 'topic removed', fields: { topic: 'floods', outcome: 'disabled' } },
      { level: 'info', message: 'topic restored', fields: { topic: 'floods' } },
      { level: 'info', message: 'topic removed', fields: { topic: crossings.id, outcome: 'ended' } },
    ]);
  });

  it('and is not there is quoted up to eighty characters, with each similar name', async () => {
    const world = await aWorld();
    await configure(world, files([bridges, aTopic({ id: 'bridge-works' })]), defaultSettings);

    await expect(removeTopic(world, 'bridge')).rejects.toThrow('Did you mean bridges or bridge-works?');
    await expect(removeTopic(world, 'q'.repeat(81))).rejects.toThrow(/^topic "q{80}" does not exist$/);
  });

  it.each([removeTopic, restoreTopic])('is named with the nearest when it is not there (%#)', async (act) => {
    const world = await aWorld();
    await configure(world, files([bridges]), defaultSettings);

    await expect(act(world, 'brigdes')).rejects.toThrow('topic "brigdes" does not exist. Did you mean bridges?');
    await expect(act(world, 'zzz')).rejects.toThrow(/topic "zzz" does not exist$/);
  });
});

describe('taking over the configuration', () => {
  it('ends the topics of a pack file that is gone, and names who is subscribed to them', async () => {
    const world = await aWorld();
    await configure(world, files([crossings, bridges, floods]), defaultSettings);

    const result = await configure(world, files([crossings, bridges]), defaultSettings);

    expect(result).toMatchObject({
      topicsEnded: ['floods'],
      topicsChanged: 0,
      topicsUnchanged: 2,
      topicsMissing: [],
      subscriptionsToEnded: [of('floods', 'both'), of('floods', 'weather')],
    });
    expect((await world.topics.listTopics()).map(({ id }) => id)).toEqual(['bridges', 'river-crossings']);
    expect(world.log.lines).toEqual([{ level: 'info', message: 'topics ended', fields: { topics: ['floods'] } }]);
  });

  it('keeps the topics and warns in the log when too many files are gone and that is asked for', async () => {
    const world = await aWorld();
    await configure(world, files([crossings, bridges, floods]), defaultSettings);

    const result = await configure(world, files([]), defaultSettings, { whenMostEnd: 'keep' });

    expect(result).toMatchObject({ topicsEnded: [], topicsMissing: ['bridges', 'floods', 'river-crossings'] });
    expect(await world.topics.listTopics()).toHaveLength(3);
    expect(world.log.lines).toEqual([
      {
        level: 'warn',
        message: 'pack files are gone; their topics stay in force',
        fields: { topics: ['bridges', 'floods', 'river-crossings'] },
      },
    ]);
  });

  it('refuses that otherwise, as a deploy does, with nothing changed', async () => {
    const world = await aWorld();
    await configure(world, files([crossings, floods]), defaultSettings);
    const before = world.snapshot();
    const feeds = [{ url: 'https://news.example.org/feed', title: '', folder: '', language: null }];

    await expect(configure(world, { ...files([]), feeds }, defaultSettings)).rejects.toMatchObject({
      code: 'topics_missing',
    });

    expect(world.snapshot()).toEqual(before);
  });

  it('lists the topics of the files that are not in force because they were removed', async () => {
    const world = await aWorld();
    await configure(world, files([crossings, bridges]), defaultSettings);
    await removeTopic(world, 'bridges');

    expect(await configure(world, files([crossings, bridges]), defaultSettings)).toMatchObject({
      topicsChanged: 0,
      topicsUnchanged: 1,
      topicsDisabled: ['bridges'],
    });
    await restoreTopic(world, 'bridges');
    expect(await configure(world, files([crossings, bridges]), defaultSettings)).toMatchObject({ topicsUnchanged: 2 });
  });
});
