import { DeliveryRefusedError } from '../../../../shared/core/errors.ts';
import { because } from '../../../../shared/model/delivery-reason.ts';
import type { SubscriptionId } from '../../../../shared/model/ids.ts';
import { redeliver, redeliverFailed } from '../../../../shared/usecases/managing/redeliver.ts';
import { type AlertWorld, anAlertWorld } from '../../../support/alert-world.ts';
import { aDelivery, aMatch, aSubscription, START } from '../../../support/builders.ts';

const ME = aSubscription().id;
const refused = () => new DeliveryRefusedError('the sender is not verified');

/** So many articles, whose mails are refused. */
async function refusedWorld(count: number, digest: 'none' | 'hourly' = 'none'): Promise<AlertWorld> {
  const world = anAlertWorld();
  const matches = Array.from({ length: count }, (_, at) => aMatch({ articleId: `article-${at}` }));
  await world.given({ matches, subscriptions: [aSubscription({ digest })] });
  world.faults.mail = refused;
  await world.sweepFor(digest === 'none' ? 5 : 65);
  world.faults.mail = null;
  return world;
}
const mine = (world: AlertWorld) =>
  Object.values(world.stores.snapshot().deliveries).filter(({ subscriptionId }) => subscriptionId === ME);
const statesOf = (world: AlertWorld): readonly string[] => mine(world).map(({ state }) => state);
const idsOf = (world: AlertWorld): readonly string[] => mine(world).map(({ id }) => id);

describe('what did not arrive', () => {
  it('is sent with the next sweep, under its id', async () => {
    const world = await refusedWorld(1);
    expect([statesOf(world), world.mails]).toEqual([['failed'], []]);
    const [id] = idsOf(world);

    expect(await redeliver([id!], world.ports)).toEqual({ redelivered: [id], skipped: [] });
    await world.sweepFor(5);

    expect(statesOf(world)).toEqual(['sent']);
    expect(world.mails.map(({ headers }) => headers['X-Tocsin-Delivery'])).toEqual([id]);
  });

  it('goes to the delivery queue, and is left to the sweep where the queue is away', async () => {
    const world = await refusedWorld(1);
    const [id] = idsOf(world);
    const sent: unknown[] = [];
    const deliveryQueue = { send: async (...given: unknown[]) => void sent.push(given) };
    const away = { send: () => Promise.reject(new Error('away')) };

    await redeliver([id!], { ...world.ports, deliveryQueue });
    expect(sent).toEqual([[[{ v: 1, kind: 'delivery', id, hasPlace: false }], 0]]);

    world.faults.mail = refused;
    await world.sweepFor(5);
    world.faults.mail = null;
    expect(await redeliver([id!], { ...world.ports, deliveryQueue: away })).toMatchObject({ redelivered: [id] });
    await world.sweepFor(5);
    expect(statesOf(world)).toEqual(['sent']);
  });

  it('comes with the next digest when its digest failed', async () => {
    const world = await refusedWorld(2, 'hourly');
    expect(statesOf(world)).toEqual(['failed', 'failed']);

    const { redelivered } = await redeliverFailed({ since: START }, { limit: 10, cursor: null }, world.ports);
    expect([...redelivered].sort()).toEqual([...idsOf(world)].sort());
    await world.sweepFor(5);
    expect(statesOf(world)).toEqual(['waiting', 'waiting']);
    await world.sweepFor(65);

    expect([statesOf(world), world.mails.length]).toEqual([['sent', 'sent'], 1]);
  });

  it('is told once where a later report told the story meanwhile', async () => {
    const world = await refusedWorld(1);
    const [failed] = mine(world);
    await world.stores.storyReaders.noteAlerted({
      storyId: failed!.storyId!,
      subscriptionId: ME,
      topics: [failed!.topicId],
      severity: 'medium',
      alertedAt: world.clock.now().toISOString(),
      alertedBy: 'another',
      expiresAt: failed!.expiresAt,
    });

    await redeliver([failed!.id], world.ports);
    await world.sweepFor(5);

    expect([statesOf(world), world.mails]).toEqual([['merged'], []]);
  });

  it('goes on page by page, each delivery once', async () => {
    const world = await refusedWorld(5);
    const all: string[] = [];
    for (let cursor: string | null = null; ; ) {
      const page = await redeliverFailed({}, { limit: 2, cursor }, world.ports);
      all.push(...page.redelivered);
      cursor = page.cursor;
      if (cursor === null) break;
    }

    expect(all.toSorted()).toEqual(idsOf(world).toSorted());
  });

  it.each([
    [{ state: 'complained' }, 'the receiver complained about it'],
    [{ state: 'sent' }, 'it is sent; only failed, bounced, suppressed, disabled may be sent again'],
    [{ state: 'failed', ...because('not_stored') }, 'what it was about is no longer stored'],
    [{ state: 'failed', subscriptionId: 'removed' as SubscriptionId }, 'its subscription was removed'],
    [{ state: 'failed', subscriptionId: 'bounced' as SubscriptionId }, 'its subscription is suppressed'],
  ] as const)('stays as it is with %j', async (change, why) => {
    const world = anAlertWorld();
    const subscriptions = [aSubscription(), aSubscription({ id: 'bounced' as SubscriptionId, state: 'suppressed' })];
    await world.given({ subscriptions });
    const delivery = aDelivery({ dueAt: null, ...change });
    await world.stores.deliveries.createDelivery(delivery);

    expect(await redeliver([delivery.id], world.ports)).toEqual({
      redelivered: [],
      skipped: [{ id: delivery.id, why }],
    });
    expect(await world.stores.deliveries.getDelivery(delivery.id)).toEqual(delivery);
  });
});
