import { DeliveryRefusedError, ServiceUnavailableError } from '../../../../shared/core/errors.ts';
import { METRICS } from '../../../../shared/core/metrics.ts';
import { closeDigest } from '../../../../shared/usecases/alerting/close-digest.ts';
import { ALERT_SETTINGS, type AlertWorld, anAlertWorld } from '../../../support/alert-world.ts';
import { aMatch, articleOf, aSubscription, later } from '../../../support/builders.ts';
import { sendAlerts } from '../../../support/send-alerts.ts';

const HOUR = 3_600_000;
const TOPICS = ['river-crossings', 'border-crossings'];

/** Three alerts on two topics wait in an hourly digest whose window has ended. */
async function aFullDigest(): Promise<{ world: AlertWorld; id: string }> {
  const world = anAlertWorld();
  const matches = [
    aMatch({ articleId: 'a', topicId: 'river-crossings' }),
    aMatch({ articleId: 'b', topicId: 'border-crossings' }),
    aMatch({ articleId: 'c', topicId: 'river-crossings' }),
  ].map((match) => ({ ...match, article: { ...match.article, title: `Headline ${match.article.id}` } }));
  await world.given({ matches, subscriptions: [aSubscription({ topics: TOPICS, digest: 'hourly' })] });
  for (const match of matches) await sendAlerts(articleOf(match), world.ports, ALERT_SETTINGS);
  world.clock.advance(HOUR);
  return { world, id: Object.keys(world.stores.snapshot().digests)[0] ?? '' };
}

const close = (world: AlertWorld, id: string) => closeDigest(id, world.ports, ALERT_SETTINGS);
const mailStates = (world: AlertWorld): string[] =>
  Object.values(world.stores.snapshot().deliveries)
    .filter(({ channel }) => channel === 'email')
    .map(({ state }) => state);
const headlines = ({ text }: { readonly text: string }): string[] =>
  [...text.matchAll(/^Headline (.)$/gm)].map(([, name]) => name ?? '').sort();

describe('a digest', () => {
  it('is one mail with all its members, which are settled with it', async () => {
    const { world, id } = await aFullDigest();

    expect(await close(world, id)).toBe('sent');

    expect(world.mails.map(headlines)).toEqual([['a', 'b', 'c']]);
    expect(mailStates(world)).toEqual(['sent', 'sent', 'sent']);
    expect(world.metrics.filter(({ name, value }) => name === METRICS.alertsSent && value === 3)).toHaveLength(1);
    expect(await close(world, id)).toBe('not_due');
  });

  it('stays open until its window has ended', async () => {
    const { world, id } = await aFullDigest();
    world.clock.set(later(HOUR - 1));

    expect(await close(world, id)).toBe('not_due');

    expect((await world.stores.digests.getDigest(id))?.state).toBe('open');
  });

  it('waits for its place in the row of mails, which is no try, and is sent then', async () => {
    const { world, id } = await aFullDigest();
    const settings = { ...ALERT_SETTINGS, mail: { ...ALERT_SETTINGS.mail, maxPerSecond: 1 } };
    await world.stores.sendPaces.reserve('email', 90, { perSecond: 1, burst: 1 }, later(HOUR));

    expect(await closeDigest(id, world.ports, settings)).toBe('held');
    expect(await world.stores.digests.getDigest(id)).toMatchObject({
      state: 'closed',
      attempts: 0,
      reasonCode: 'pace',
      dueAt: later(HOUR + 90_000),
    });
    world.clock.set(later(HOUR + 90_000));
    expect(await closeDigest(id, world.ports, settings)).toBe('sent');

    expect(world.mails).toHaveLength(1);
  });

  it('waits while the quota of the provider is used up', async () => {
    const { world, id } = await aFullDigest();
    const quota = { perSecond: 14, leftToday: 0, isSandbox: false };
    const ports = { ...world.ports, sendQuota: { read: async () => quota } } as AlertWorld['ports'];

    expect(await closeDigest(id, ports, ALERT_SETTINGS)).toBe('held');
    expect(await world.stores.digests.getDigest(id)).toMatchObject({ attempts: 0, reasonCode: 'quota' });
    expect(world.mails).toEqual([]);
  });

  it('is tried again as a delivery is, its members waiting, under one Message-ID', async () => {
    const { world, id } = await aFullDigest();
    world.faults.mail = () => new ServiceUnavailableError('down');

    expect(await close(world, id)).toBe('retrying');
    expect(mailStates(world)).toEqual(['waiting', 'waiting', 'waiting']);
    expect(world.metrics.filter(({ name }) => name === METRICS.alertsRetried)).toEqual([
      { name: METRICS.alertsRetried, value: 3, channel: 'email' },
    ]);
    expect(await close(world, id)).toBe('not_due');
    world.faults.mail = null;
    world.clock.advance(60_000);
    expect(await close(world, id)).toBe('sent');

    expect(world.mails.map(({ messageId }) => messageId)).toEqual([`${id}@example.org`]);
  });

  it('fails with its members after seven tries', async () => {
    const { world, id } = await aFullDigest();
    world.faults.mail = () => new ServiceUnavailableError('down');

    const results: string[] = [];
    for (let tries = 0; tries < 7; tries += 1) {
      results.push(await close(world, id));
      world.clock.advance(30 * HOUR);
    }

    expect(results).toEqual([...new Array(6).fill('retrying'), 'failed']);
    expect(mailStates(world)).toEqual(['failed', 'failed', 'failed']);
    expect((await world.stores.digests.getDigest(id))?.dueAt).toBeNull();
  });

  it('fails at once when it is refused', async () => {
    const { world, id } = await aFullDigest();
    world.faults.mail = () => new DeliveryRefusedError('no such address');

    expect(await close(world, id)).toBe('failed');
  });

  it('is not sent to a subscriber who has left', async () => {
    const { world, id } = await aFullDigest();
    await world.stores.subscriptions.updateSubscription(aSubscription().id, { state: 'unsubscribed' }, later(0));

    expect(await close(world, id)).toBe('suppressed');

    expect(world.mails).toEqual([]);
    expect(mailStates(world)).toEqual(['suppressed', 'suppressed', 'suppressed']);
    expect((await world.stores.digests.getDigest(id))?.reason).toBe('unsubscribed');
  });

  it('leaves out a topic that was dropped', async () => {
    const { world, id } = await aFullDigest();
    await world.stores.subscriptions.updateSubscription(aSubscription().id, { topics: ['border-crossings'] }, later(0));

    expect(await close(world, id)).toBe('sent');

    expect(world.mails.map(headlines)).toEqual([['b']]);
  });

  it('without members is no mail', async () => {
    const { world, id } = await aFullDigest();
    const { digestMembers } = world.stores.digests;
    world.stores.digests.digestMembers = async () => [];

    expect(await close(world, id)).toBe('suppressed');

    world.stores.digests.digestMembers = digestMembers;
    expect(world.mails).toEqual([]);
  });

  it('is sent again under the same id when its sender died before writing down that it was sent', async () => {
    const { world, id } = await aFullDigest();
    const { finishDigest } = world.stores.digests;
    world.stores.digests.finishDigest = () => Promise.reject(new Error('died'));
    await expect(close(world, id)).rejects.toThrow('died');
    world.stores.digests.finishDigest = finishDigest;

    world.clock.advance(4 * 60_000);
    expect(await close(world, id)).toBe('not_due');
    world.clock.advance(60_000);
    expect(await close(world, id)).toBe('sent');

    expect(world.mails.map(({ messageId }) => messageId)).toEqual(new Array(2).fill(`${id}@example.org`));
  });
});
